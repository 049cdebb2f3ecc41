package io.oxbow.arch.s4;

import io.oxbow.arch.Complex;
import io.oxbow.arch.DiagonalRule;
import io.oxbow.arch.DiagonalSystem;
import io.oxbow.arch.Head;
import io.oxbow.arch.ModelConfig;
import io.oxbow.arch.ModelException;
import io.oxbow.arch.PlanWriter;
import io.oxbow.arch.SsmArchitecture;
import io.oxbow.model.SsmModel;
import io.oxbow.model.StateLayout.Segment;
import io.oxbow.plan.Activation;
import io.oxbow.plan.ActivationFunction;
import io.oxbow.plan.DiagonalScan;
import io.oxbow.plan.Discretisation;
import io.oxbow.plan.DplrScan;
import io.oxbow.plan.OutputLayout;
import io.oxbow.plan.Register;
import io.oxbow.plan.StepOp;
import io.oxbow.plan.Stepping;
import io.oxbow.safetensors.Tensors;

/**
 * One block of S4 (Gu, Goel, Re 2021, arXiv 2111.00396), as state-spaces/s4 stores it: kernel,
 * skip, GELU, gated linear unit.
 *
 * <pre>
 * dplr:  dx/dt = (Lambda - P P*) x + B u,  bilinear
 * diag:  dx/dt = Lambda x + B u,           zoh or bilinear
 * y = GLU(W gelu(2 Re(C x) + D u))
 * </pre>
 */
public final class S4Architecture implements SsmArchitecture {
    private static final String KERNEL = "layer.kernel.";

    @Override
    public String name() {
        return "s4";
    }

    @Override
    public boolean accepts(ModelConfig config) {
        return config.text("model_type", "").equals("s4");
    }

    @Override
    public SsmModel build(ModelConfig config, Tensors weights) {
        int channels = config.positive("d_model");
        config.only("channels", "1", "one output a channel is what is known");
        config.only("activation", "'gelu'", "only 'gelu' is known");
        config.only("final_act", "'glu'", "only 'glu' is known");
        config.only("gate", "null", "a gated block is not known");
        config.only("bottleneck", "null", "a bottleneck is not known");
        config.only("mult_act", "null", "an activation after the gate is not known");
        config.only("bandlimit", "null", "a band limit is not known");
        config.only("is_real", "false", "real modes are not known");
        config.only("bidirectional", "false", "a stream cannot be read backwards");
        PlanWriter writer = new PlanWriter(channels, weights);
        Register scanned = writer.register("scanned", channels);
        Register out = writer.register("out", channels);
        Register gate = writer.register("gate", channels);
        writer.add(scan(config, writer, scanned));
        writer.add(new Activation(scanned, scanned, ActivationFunction.GELU));
        writer.gatedLinear("output_linear.0", scanned, out, gate);
        OutputLayout outputs = new Head(config, writer).outputs(out, "decoder");
        return config.model(name(), writer.plan().build(outputs));
    }

    private static StepOp scan(ModelConfig config, PlanWriter writer, Register out) {
        Register in = writer.plan().input();
        Tensors weights = writer.weights();
        S4Parameters parameters = S4Parameters.read(config, weights, KERNEL, in.width());
        Segment state =
                writer.plan().state().f32("state", parameters.modes(), 2, parameters.channels());
        float[] d = weights.floats("layer.D", 1, in.width());
        switch (config.choice("mode", "dplr", "nplr", "s4", "diag", "s4d")) {
            case "diag", "s4d" -> {
                Stepping stepping = stepping(config, diagonal(config, parameters));
                return new DiagonalScan(
                        in, out, state, stepping, readout(parameters, parameters.c()), d);
            }
            default -> {
                if (parameters.p().length == 0) {
                    throw new ModelException(
                            "model '" + config.name() + "' has no tensor '" + KERNEL + "P'");
                }
                DplrSystem system = new DplrSystem(parameters);
                Complex[] c = system.recover(storedLength(config, weights));
                return new DplrScan(
                        in,
                        out,
                        state,
                        stepping(config, system),
                        parameters.p().length,
                        readout(parameters, c),
                        d);
            }
        }
    }

    /** Steps after which the stored kernel was cut; 0 where C itself is stored. */
    private static long storedLength(ModelConfig config, Tensors weights) {
        if (weights.has(KERNEL + "l_kernel")) {
            return weights.scalar(KERNEL + "l_kernel");
        }
        return config.number("l_kernel", 0) == 0 ? 0 : config.positive("l_kernel");
    }

    private static Stepping stepping(ModelConfig config, Discretisation system) {
        return new Stepping(system, config.timeMode(), config.number("step_seconds", 1));
    }

    private static DiagonalSystem diagonal(ModelConfig config, S4Parameters parameters) {
        int channels = parameters.channels();
        Complex[] a = new Complex[parameters.a().length];
        Complex[] b = new Complex[a.length];
        double[] dt = new double[a.length];
        for (int h = 0; h < channels; h++) {
            for (int m = 0; m < parameters.modes(); m++) {
                int from = h * parameters.modes() + m;
                int to = m * channels + h;
                a[to] = parameters.a()[from];
                b[to] = parameters.b()[from];
                dt[to] = parameters.dt()[h];
            }
        }
        return new DiagonalSystem(DiagonalRule.of(config, "disc"), a, b, dt);
    }

    /** (2, modes, channels) with the factor 2 of conjugate pairs. */
    private static float[] readout(S4Parameters parameters, Complex[] c) {
        int channels = parameters.channels();
        float[] readout = new float[2 * c.length];
        for (int h = 0; h < channels; h++) {
            for (int m = 0; m < parameters.modes(); m++) {
                int to = m * channels + h;
                readout[to] = (float) (2 * c[h * parameters.modes() + m].re());
                readout[c.length + to] = (float) (2 * c[h * parameters.modes() + m].im());
            }
        }
        return readout;
    }
}
