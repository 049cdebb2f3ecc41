package io.oxbow.arch.mamba3;

import io.oxbow.arch.ModelConfig;
import io.oxbow.arch.PlanWriter;
import io.oxbow.arch.SsmArchitecture;
import io.oxbow.arch.backbone.MambaBackbone;
import io.oxbow.arch.backbone.Mixer;
import io.oxbow.model.SsmModel;
import io.oxbow.model.StateLayout;
import io.oxbow.plan.Activation;
import io.oxbow.plan.ActivationFunction;
import io.oxbow.plan.Clamp;
import io.oxbow.plan.Gate;
import io.oxbow.plan.OutputLayout;
import io.oxbow.plan.Register;
import io.oxbow.plan.RmsNorm;
import io.oxbow.plan.TrapezoidScan;
import io.oxbow.safetensors.Tensors;

/**
 * Mamba-3 with one input and one output a head (state-spaces/mamba, mamba3.py). The mixer, for one
 * token u:
 *
 * <pre>
 * z, x, B, C, dt, decay, mix, rotation = in_proj(u)
 * B, C  = rmsnorm(B), rmsnorm(C)
 * decay = max(heavy_tail(decay), A_floor),   dt = softplus(dt + dt_bias)
 * y     = trapezoid scan of x, with B and C turned by the sum of pi dt tanh(rotation)
 * out   = out_proj(y * silu(z))           or, is_outproj_norm, out_proj(rmsnorm(y) * silu(z))
 * </pre>
 */
public final class Mamba3Architecture implements SsmArchitecture {
    private static final double EPSILON = 1e-5;

    @Override
    public String name() {
        return "mamba3";
    }

    @Override
    public boolean accepts(ModelConfig config) {
        return MambaBackbone.stateSpacesLayer(config).equals("Mamba3");
    }

    @Override
    public SsmModel build(ModelConfig config, Tensors weights) {
        MambaBackbone backbone = new MambaBackbone(config, weights);
        Mamba3Sizes sizes = Mamba3Sizes.of(config, backbone.modelDim());
        OutputLayout outputs = backbone.write(mixer(backbone.writer(), sizes));
        return config.model(name(), backbone.writer().plan().build(outputs));
    }

    private static Mixer mixer(PlanWriter writer, Mamba3Sizes sizes) {
        int inner = sizes.inner();
        int heads = sizes.heads();
        int shared = sizes.groups() * sizes.modes();
        Register z = writer.register("z", inner);
        Register x = writer.register("x", inner);
        Register b = writer.register("B", shared);
        Register c = writer.register("C", shared);
        Register dt = writer.register("dt", heads);
        Register decay = writer.register("decay", heads);
        Register mix = writer.register("mix", heads);
        Register rotation = writer.register("rotation", sizes.angles());
        Register y = writer.register("y", inner);
        return (prefix, layer, in, out) -> {
            writer.projection(prefix + "in_proj", in, sizes.projected())
                    .to(z)
                    .to(x)
                    .to(b)
                    .to(c)
                    .to(dt, writer.weights().floats(prefix + "dt_bias", heads))
                    .to(decay)
                    .to(mix)
                    .to(rotation);
            norm(writer, prefix + "B_norm.weight", b, sizes);
            norm(writer, prefix + "C_norm.weight", c, sizes);
            writer.add(new Activation(dt, dt, ActivationFunction.SOFTPLUS));
            writer.add(new Activation(decay, decay, ActivationFunction.HEAVY_TAIL));
            writer.add(new Clamp(decay, decay, sizes.decayFloor(), Float.POSITIVE_INFINITY));
            writer.add(new Activation(mix, mix, ActivationFunction.SIGMOID));
            writer.add(new Activation(rotation, rotation, ActivationFunction.TANH));
            writer.add(
                    new TrapezoidScan(
                            x,
                            dt,
                            decay,
                            mix,
                            b,
                            c,
                            rotation,
                            y,
                            state(writer.plan().state(), "layers." + layer + ".", sizes),
                            bias(writer.weights(), prefix + "B_bias", sizes),
                            bias(writer.weights(), prefix + "C_bias", sizes),
                            writer.headSkip(prefix + "D", heads, inner),
                            sizes.groups()));
            if (sizes.outputNorm()) {
                writer.rmsNorm(prefix + "norm", y, y, heads, EPSILON);
            }
            writer.add(new Gate(y, z, y, ActivationFunction.SILU));
            writer.linear(prefix + "out_proj", y, out);
        };
    }

    private static TrapezoidScan.State state(
            StateLayout.Builder state, String prefix, Mamba3Sizes sizes) {
        int angles = sizes.heads() * sizes.angles();
        return new TrapezoidScan.State(
                state.f32(
                        prefix + "ssm_state",
                        sizes.heads(),
                        sizes.modes(),
                        sizes.inner() / sizes.heads()),
                state.f32(prefix + "k_state", sizes.heads() * sizes.modes()),
                state.f32(prefix + "v_state", sizes.inner()),
                state.f32(prefix + "angle_state", angles),
                state.f32(prefix + "angle_state.low", angles));
    }

    /** One norm over each group, all with the same weights. */
    private static void norm(PlanWriter writer, String name, Register register, Mamba3Sizes sizes) {
        float[] weight = writer.weights().floats(name, sizes.modes());
        float[] tiled = new float[register.width()];
        for (int i = 0; i < tiled.length; i++) {
            tiled[i] = weight[i % weight.length];
        }
        writer.add(new RmsNorm(register, register, tiled, sizes.groups(), (float) EPSILON));
    }

    private static float[] bias(Tensors weights, String name, Mamba3Sizes sizes) {
        return weights.floats(name, sizes.heads(), 1, sizes.modes());
    }
}
