package io.oxbow.arch.mamba1;

import io.oxbow.arch.ModelConfig;
import io.oxbow.arch.PlanWriter;
import io.oxbow.arch.SsmArchitecture;
import io.oxbow.arch.backbone.MambaBackbone;
import io.oxbow.arch.backbone.Mixer;
import io.oxbow.model.SsmModel;
import io.oxbow.plan.Activation;
import io.oxbow.plan.ActivationFunction;
import io.oxbow.plan.Gate;
import io.oxbow.plan.OutputLayout;
import io.oxbow.plan.Register;
import io.oxbow.plan.RmsNorm;
import io.oxbow.plan.SelectiveScan;
import io.oxbow.safetensors.Tensors;
import java.util.Arrays;

/**
 * Mamba (Gu and Dao 2023, arXiv 2312.00752). The mixer, for one token u:
 *
 * <pre>
 * x, z  = in_proj(u)
 * x     = silu(conv1d(x))
 * d, B, C = x_proj(x)
 * dt    = softplus(dt_proj(d))
 * h     = exp(dt A) h + dt B x,   y = C h + D x          A = -exp(A_log)
 * out   = out_proj(y * silu(z))
 * </pre>
 *
 * Falcon Mamba (model_type {@code falcon_mamba}) is the same with d, B and C each brought to a root
 * mean square of one, as Hugging Face's modeling_falcon_mamba.py does.
 */
public final class Mamba1Architecture implements SsmArchitecture {
    static final String FALCON = "falcon_mamba";

    @Override
    public String name() {
        return "mamba1";
    }

    @Override
    public boolean accepts(ModelConfig config) {
        String type = config.text("model_type", "");
        return type.equals("mamba")
                || type.equals(FALCON)
                || MambaBackbone.stateSpacesLayer(config).equals("Mamba1");
    }

    @Override
    public SsmModel build(ModelConfig config, Tensors weights) {
        MambaBackbone backbone = new MambaBackbone(config, weights);
        Mamba1Sizes sizes = Mamba1Sizes.of(config, backbone.modelDim());
        OutputLayout outputs = backbone.write(mixer(backbone.writer(), sizes));
        return config.model(name(), backbone.writer().plan().build(outputs));
    }

    private static Mixer mixer(PlanWriter writer, Mamba1Sizes sizes) {
        int inner = sizes.inner();
        int modes = sizes.modes();
        int rank = sizes.dtRank();
        Register x = writer.register("x", inner);
        Register z = writer.register("z", inner);
        Register mixed = writer.register("x conv", inner);
        Register low = writer.register("dt low", rank);
        Register dt = writer.register("dt", inner);
        Register b = writer.register("B", modes);
        Register c = writer.register("C", modes);
        Register y = writer.register("y", inner);
        return (prefix, layer, in, out) -> {
            writer.projection(prefix + "in_proj", in, 2 * inner, sizes.biased()).to(x).to(z);
            String conv = "layers." + layer + ".conv_state";
            writer.causalConv(
                    prefix + "conv1d", conv, x, mixed, 0, inner, sizes.taps(), sizes.convBiased());
            writer.add(new Activation(mixed, mixed, ActivationFunction.SILU));
            writer.projection(prefix + "x_proj", mixed, rank + 2 * modes, false)
                    .to(low)
                    .to(b)
                    .to(c);
            if (sizes.innerNorm()) {
                for (Register selected : new Register[] {low, b, c}) {
                    writer.add(unweighted(selected, sizes.innerEpsilon()));
                }
            }
            writer.linear(prefix + "dt_proj", low, dt, true);
            writer.add(new Activation(dt, dt, ActivationFunction.SOFTPLUS));
            writer.add(
                    new SelectiveScan(
                            mixed,
                            dt,
                            b,
                            c,
                            y,
                            writer.plan()
                                    .state()
                                    .f32("layers." + layer + ".ssm_state", modes, inner),
                            poles(writer.weights(), prefix + "A_log", inner, modes),
                            writer.weights().floats(prefix + "D", inner)));
            writer.add(new Gate(y, z, y, ActivationFunction.SILU));
            writer.linear(prefix + "out_proj", y, out, sizes.biased());
        };
    }

    /** A norm over the whole register whose weights were never learned. */
    private static RmsNorm unweighted(Register register, double epsilon) {
        float[] ones = new float[register.width()];
        Arrays.fill(ones, 1);
        return new RmsNorm(register, register, ones, 1, (float) epsilon);
    }

    /** {@code A = -exp(A_log)}, transposed to (modes, inner). */
    private static float[] poles(Tensors weights, String name, int inner, int modes) {
        double[] log = weights.doubles(name, inner, modes);
        float[] a = new float[log.length];
        for (int i = 0; i < inner; i++) {
            for (int n = 0; n < modes; n++) {
                a[n * inner + i] = (float) -Math.exp(log[i * modes + n]);
            }
        }
        return a;
    }
}
