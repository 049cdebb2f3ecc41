package io.oxbow.arch.mamba2;

import io.oxbow.arch.ModelConfig;
import io.oxbow.arch.PlanWriter;
import io.oxbow.arch.SsmArchitecture;
import io.oxbow.arch.backbone.MambaBackbone;
import io.oxbow.arch.backbone.Mixer;
import io.oxbow.model.SsmModel;
import io.oxbow.plan.Activation;
import io.oxbow.plan.ActivationFunction;
import io.oxbow.plan.Clamp;
import io.oxbow.plan.Gate;
import io.oxbow.plan.OutputLayout;
import io.oxbow.plan.Register;
import io.oxbow.plan.SsdScan;
import io.oxbow.safetensors.Tensors;
import java.util.List;
import java.util.Map;

/**
 * Mamba-2 (Dao and Gu 2024, arXiv 2405.21060). The mixer, for one token u:
 *
 * <pre>
 * z, x, B, C, dt = in_proj(u)
 * x, B, C = silu(conv1d([x, B, C]))
 * dt    = clamp(softplus(dt + dt_bias))
 * h     = exp(dt A) h + dt B x,   y = C h + D x          A = -exp(A_log), one a head
 * out   = out_proj(rmsnorm(y * silu(z)))       or, norm_before_gate, out_proj(rmsnorm(y) * silu(z))
 * </pre>
 *
 * The norm is taken over each group of heads by itself, as state-spaces/mamba does and trains, and
 * as Hugging Face's fused training path does; Hugging Face's inference path norms over all heads at
 * once, which is {@code norm_groups} 1. Its code also ignores its own {@code norm_before_gate},
 * which its config sets by default, and gates first: for weights under its names so do we, unless
 * {@code norm_order} is norm-first.
 */
public final class Mamba2Architecture implements SsmArchitecture {

    @Override
    public String name() {
        return "mamba2";
    }

    @Override
    public boolean accepts(ModelConfig config) {
        return config.text("model_type", "").equals("mamba2")
                || MambaBackbone.stateSpacesLayer(config).equals("Mamba2");
    }

    @Override
    public List<Map<String, String>> readings(ModelConfig config) {
        return Mamba2Sizes.readings(config);
    }

    @Override
    public SsmModel build(ModelConfig config, Tensors weights) {
        MambaBackbone backbone = new MambaBackbone(config, weights);
        Mamba2Sizes sizes = Mamba2Sizes.of(config, backbone.modelDim());
        OutputLayout outputs = backbone.write(mixer(backbone.writer(), sizes));
        return config.model(name(), backbone.writer().plan().build(outputs));
    }

    private static Mixer mixer(PlanWriter writer, Mamba2Sizes sizes) {
        int inner = sizes.inner();
        int shared = sizes.groups() * sizes.modes();
        Register z = writer.register("z", inner);
        Register x = writer.register("x", inner);
        Register b = writer.register("B", shared);
        Register c = writer.register("C", shared);
        Register dt = writer.register("dt", sizes.heads());
        Register xConv = writer.register("x conv", inner);
        Register bConv = writer.register("B conv", shared);
        Register cConv = writer.register("C conv", shared);
        Register y = writer.register("y", inner);
        return (prefix, layer, in, out) -> {
            int rows = 2 * inner + 2 * shared + sizes.heads();
            writer.projection(prefix + "in_proj", in, rows, sizes.biased())
                    .to(z)
                    .to(x)
                    .to(b)
                    .to(c)
                    .to(dt, writer.weights().floats(prefix + "dt_bias", sizes.heads()));
            String conv = "layers." + layer + ".conv_state.";
            int all = inner + 2 * shared;
            int taps = sizes.taps();
            boolean biased = sizes.convBiased();
            String name = prefix + "conv1d";
            writer.causalConv(name, conv + "x", x, xConv, 0, all, taps, biased);
            writer.causalConv(name, conv + "B", b, bConv, inner, all, taps, biased);
            writer.causalConv(name, conv + "C", c, cConv, inner + shared, all, taps, biased);
            for (Register mixed : new Register[] {xConv, bConv, cConv}) {
                writer.add(new Activation(mixed, mixed, ActivationFunction.SILU));
            }
            step(writer, sizes, dt);
            writer.add(
                    new SsdScan(
                            xConv,
                            dt,
                            bConv,
                            cConv,
                            y,
                            writer.plan()
                                    .state()
                                    .f32(
                                            "layers." + layer + ".ssm_state",
                                            sizes.heads(),
                                            sizes.modes(),
                                            inner / sizes.heads()),
                            poles(writer.weights(), prefix + "A_log", sizes.heads()),
                            writer.headSkip(prefix + "D", sizes.heads(), inner),
                            sizes.groups()));
            gate(writer, prefix, sizes, y, z);
            writer.linear(prefix + "out_proj", y, out, sizes.biased());
        };
    }

    private static void step(PlanWriter writer, Mamba2Sizes sizes, Register dt) {
        writer.add(new Activation(dt, dt, ActivationFunction.SOFTPLUS));
        if (sizes.dtLow() > 0 || sizes.dtHigh() < Float.POSITIVE_INFINITY) {
            writer.add(new Clamp(dt, dt, sizes.dtLow(), sizes.dtHigh()));
        }
    }

    private static void gate(
            PlanWriter writer, String prefix, Mamba2Sizes sizes, Register y, Register z) {
        Gate gate = new Gate(y, z, y, ActivationFunction.SILU);
        if (!sizes.norm()) {
            writer.add(gate);
        } else if (sizes.normBeforeGate()) {
            writer.rmsNorm(prefix + "norm", y, y, sizes.normGroups(), sizes.normEpsilon());
            writer.add(gate);
        } else {
            writer.add(gate);
            writer.rmsNorm(prefix + "norm", y, y, sizes.normGroups(), sizes.normEpsilon());
        }
    }

    private static float[] poles(Tensors weights, String name, int heads) {
        double[] log = weights.doubles(name, heads);
        float[] a = new float[heads];
        for (int h = 0; h < heads; h++) {
            a[h] = (float) -Math.exp(log[h]);
        }
        return a;
    }
}
