package io.oxbow.arch.s5;

import io.oxbow.arch.Complex;
import io.oxbow.arch.DiagonalRule;
import io.oxbow.arch.DiagonalSystem;
import io.oxbow.arch.Head;
import io.oxbow.arch.ModalLayer;
import io.oxbow.arch.ModelConfig;
import io.oxbow.arch.PlanWriter;
import io.oxbow.arch.SsmArchitecture;
import io.oxbow.model.SsmModel;
import io.oxbow.plan.OutputLayout;
import io.oxbow.plan.Register;
import io.oxbow.plan.Stepping;
import io.oxbow.safetensors.Tensors;
import java.util.Arrays;
import java.util.Set;

/**
 * One S5 layer (Smith, Warrington, Linderman 2022, arXiv 2208.04933): many inputs, many outputs,
 * one diagonal state.
 *
 * <pre>
 * x' = exp(lambda step) x + (exp(lambda step) - 1) / lambda B u       (zoh; or bilinear)
 * y  = 2 Re(C x) + D u                                     (conj_sym; else Re(C x) + D u)
 * </pre>
 *
 * Config or file metadata: {@code discretization} zoh | bilinear, {@code conj_sym}, {@code
 * clip_eigs}, {@code step_rescale}.
 */
public final class S5Architecture implements SsmArchitecture {
    /** What clip_eigs leaves of the real part of a pole. */
    private static final double LARGEST_REAL = -1e-4;

    @Override
    public String name() {
        return "s5";
    }

    @Override
    public boolean accepts(ModelConfig config) {
        return config.text("model_type", "").equals("s5");
    }

    @Override
    public Set<String> signature() {
        return Set.of("Lambda_re", "Lambda_im", "log_step", "B", "C", "D");
    }

    @Override
    public SsmModel build(ModelConfig config, Tensors weights) {
        int width = weights.info("D").length();
        int modes = weights.info("Lambda_re").length();
        config.only("bidirectional", "false", "a stream cannot be read backwards");
        boolean pairs = config.flag("conj_sym", true);
        PlanWriter writer = new PlanWriter(width, weights);
        Register out =
                new ModalLayer(
                                Complex.pairs(weights.doubles("B", modes, width, 2), 1),
                                Complex.pairs(weights.doubles("C", width, modes, 2), pairs ? 2 : 1),
                                weights.floats("D", width),
                                stepping(config, weights, modes))
                        .write(writer);
        OutputLayout outputs = new Head(config, writer).outputs(out, "decoder");
        return config.model(name(), writer.plan().build(outputs));
    }

    private static Stepping stepping(ModelConfig config, Tensors weights, int modes) {
        double[] real = weights.doubles("Lambda_re", modes);
        double[] imaginary = weights.doubles("Lambda_im", modes);
        double[] step = weights.doubles("log_step", modes, 1);
        boolean clip = config.flag("clip_eigs", false);
        double rescale = config.number("step_rescale", 1);
        Complex[] poles = new Complex[modes];
        for (int p = 0; p < modes; p++) {
            poles[p] = new Complex(clip ? Math.min(real[p], LARGEST_REAL) : real[p], imaginary[p]);
            step[p] = rescale * Math.exp(step[p]);
        }
        Complex[] ones = new Complex[modes];
        Arrays.fill(ones, Complex.ONE);
        DiagonalRule rule = DiagonalRule.of(config, "discretization");
        return new Stepping(
                new DiagonalSystem(rule, poles, ones, step),
                config.timeMode(),
                config.number("step_seconds", 1));
    }
}
