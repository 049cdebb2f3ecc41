package io.oxbow.arch.s4d;

import io.oxbow.arch.Complex;
import io.oxbow.arch.DiagonalRule;
import io.oxbow.arch.DiagonalSystem;
import io.oxbow.arch.Head;
import io.oxbow.arch.ModelConfig;
import io.oxbow.arch.PlanWriter;
import io.oxbow.arch.SsmArchitecture;
import io.oxbow.model.SsmModel;
import io.oxbow.plan.Activation;
import io.oxbow.plan.ActivationFunction;
import io.oxbow.plan.Add;
import io.oxbow.plan.DiagonalScan;
import io.oxbow.plan.OutputLayout;
import io.oxbow.plan.Register;
import io.oxbow.plan.Stepping;
import io.oxbow.safetensors.Tensors;

/**
 * S4D, the diagonal state-space model (Gu, Gupta, Goel, Re 2022, arXiv 2206.11893), stacked between
 * a linear encoder and a linear decoder:
 *
 * <pre>
 * h = encoder(x)
 * each layer:  z = S4D(h);  z = GLU(W gelu(z));  h = LayerNorm(h + z)   (or, prenorm, h + f(LayerNorm(h)))
 * features = h,  head = decoder(pool(h))
 *
 * S4D:  x_n' = a_n x_n + u,  y = 2 Re(sum_n c_n x_n) + D u
 *       a_n = -exp(log_A_real) + i A_imag,  step exp(log_dt)
 * </pre>
 *
 * The sign of A_imag is the opposite of the one in the S4 repository's larger kernels.
 */
public final class S4dArchitecture implements SsmArchitecture {

    @Override
    public String name() {
        return "s4d";
    }

    @Override
    public boolean accepts(ModelConfig config) {
        return config.text("model_type", "").equals("s4d");
    }

    @Override
    public SsmModel build(ModelConfig config, Tensors weights) {
        int modelDim = config.positive("d_model");
        int modes = config.positive("d_state") / 2;
        int layers = config.positive("n_layers");
        double epsilon = config.number("layer_norm_eps", 1e-5);
        boolean prenorm = config.flag("prenorm", false);
        config.only("activation", "'gelu'", "only 'gelu' is known");
        config.only("output", "'glu'", "only 'glu' is known");

        PlanWriter writer = new PlanWriter(config.positive("d_input"), weights);
        Register hidden = writer.register("hidden", modelDim);
        Register branch = writer.register("branch", modelDim);
        Register mixed = writer.register("mixed", modelDim);
        Register gate = writer.register("gate", modelDim);
        writer.linear("encoder", writer.plan().input(), hidden);
        for (int i = 0; i < layers; i++) {
            Register in = hidden;
            if (prenorm) {
                writer.layerNorm("norms." + i, hidden, mixed, epsilon);
                in = mixed;
            }
            writer.add(scan(config, writer, i, in, branch, modes));
            writer.add(new Activation(branch, branch, ActivationFunction.GELU));
            writer.gatedLinear("s4_layers." + i + ".output_linear.0", branch, mixed, gate);
            writer.add(new Add(hidden, mixed, hidden, null));
            if (!prenorm) {
                writer.layerNorm("norms." + i, hidden, hidden, epsilon);
            }
        }
        OutputLayout outputs = new Head(config, writer).outputs(hidden, "decoder");
        return config.model(name(), writer.plan().build(outputs));
    }

    private static DiagonalScan scan(
            ModelConfig config,
            PlanWriter writer,
            int layer,
            Register in,
            Register out,
            int modes) {
        Tensors weights = writer.weights();
        int channels = in.width();
        String kernel = "s4_layers." + layer + ".kernel.";
        double[] logDt = weights.doubles(kernel + "log_dt", channels);
        double[] logReal = weights.doubles(kernel + "log_A_real", channels, modes);
        double[] imaginary = weights.doubles(kernel + "A_imag", channels, modes);
        float[] readout = weights.floats(kernel + "C", channels, modes, 2);

        int size = modes * channels;
        Complex[] a = new Complex[size];
        Complex[] b = new Complex[size];
        double[] dt = new double[size];
        float[] c = new float[2 * size];
        for (int h = 0; h < channels; h++) {
            for (int n = 0; n < modes; n++) {
                int from = h * modes + n;
                int to = n * channels + h;
                a[to] = new Complex(-Math.exp(logReal[from]), imaginary[from]);
                b[to] = Complex.ONE;
                dt[to] = Math.exp(logDt[h]);
                c[to] = 2 * readout[2 * from];
                c[size + to] = 2 * readout[2 * from + 1];
            }
        }
        return new DiagonalScan(
                in,
                out,
                writer.plan().state().f32("layers." + layer + ".ssm_state", modes, 2, channels),
                new Stepping(
                        new DiagonalSystem(DiagonalRule.of(config, "disc"), a, b, dt),
                        config.timeMode(),
                        config.number("step_seconds", 1)),
                c,
                weights.floats("s4_layers." + layer + ".D", channels));
    }
}
