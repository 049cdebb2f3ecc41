package io.oxbow.arch;

import io.oxbow.plan.ActivationFunction;
import io.oxbow.plan.CausalConv;
import io.oxbow.plan.Gate;
import io.oxbow.plan.LayerNorm;
import io.oxbow.plan.Register;
import io.oxbow.plan.RmsNorm;
import io.oxbow.plan.StepOp;
import io.oxbow.plan.StepPlan;
import io.oxbow.safetensors.Tensors;
import java.util.Arrays;

/**
 * Writes a plan's layers from named weights. {@code name.weight} and, where it exists, {@code
 * name.bias} make a layer. Not thread-safe.
 */
public final class PlanWriter {
    private final StepPlan.Builder plan;
    private final Tensors weights;

    public PlanWriter(int inputDim, Tensors weights) {
        this.plan = StepPlan.builder(inputDim);
        this.weights = weights;
    }

    /** The plan being written. */
    public StepPlan.Builder plan() {
        return plan;
    }

    public Tensors weights() {
        return weights;
    }

    public Register register(String name, int width) {
        return plan.register(name, width);
    }

    public void add(StepOp op) {
        plan.add(op);
    }

    /** A fully connected layer. */
    public void linear(String name, Register in, Register out) {
        projection(name, in, out.width()).to(out);
    }

    /**
     * A fully connected layer.
     *
     * @param biased whether the config promises a bias; if not, a tensor of its name is left unused
     */
    public void linear(String name, Register in, Register out, boolean biased) {
        projection(name, in, out.width(), biased).to(out);
    }

    /**
     * A fully connected layer whose outputs go to several registers.
     *
     * @param rows outputs of the whole layer
     */
    public Projection projection(String name, Register in, int rows) {
        return projection(name, in, rows, weights.has(name + ".bias"));
    }

    /**
     * A fully connected layer whose outputs go to several registers.
     *
     * @param rows outputs of the whole layer
     * @param biased whether the config promises a bias; if not, a tensor of its name is left unused
     */
    public Projection projection(String name, Register in, int rows, boolean biased) {
        float[] weight = matrix(name + ".weight", rows, in.width());
        return new Projection(
                this, in, weight, biased ? weights.floats(name + ".bias", rows) : null);
    }

    /** A matrix, which may be stored as the kernel of a convolution of width 1. */
    private float[] matrix(String name, int rows, int columns) {
        return weights.has(name) && weights.info(name).shape().size() == 3
                ? weights.floats(name, rows, columns, 1)
                : weights.floats(name, rows, columns);
    }

    /** {@code out = first half of the layer * sigmoid(second half)}, a gated linear unit. */
    public void gatedLinear(String name, Register in, Register out, Register gate) {
        projection(name, in, 2 * out.width()).to(out).to(gate);
        plan.add(new Gate(out, gate, out, ActivationFunction.SIGMOID));
    }

    public void layerNorm(String name, Register in, Register out, double epsilon) {
        plan.add(
                new LayerNorm(
                        in,
                        out,
                        weights.floats(name + ".weight", in.width()),
                        weights.floatsIfPresent(name + ".bias", in.width()),
                        (float) epsilon));
    }

    /**
     * @param groups parts that are normalised apart from each other
     */
    public void rmsNorm(String name, Register in, Register out, int groups, double epsilon) {
        plan.add(
                new RmsNorm(
                        in,
                        out,
                        weights.floats(name + ".weight", in.width()),
                        groups,
                        (float) epsilon));
    }

    /**
     * A part of a depthwise convolution: its channels from {@code firstChannel}.
     *
     * @param state name of the state segment to make
     * @param channels of the whole convolution
     * @param biased whether the config promises a bias; if not, a tensor of its name is left unused
     */
    public void causalConv(
            String name,
            String state,
            Register in,
            Register out,
            int firstChannel,
            int channels,
            int taps,
            boolean biased) {
        int width = in.width();
        float[] weight = weights.floats(name + ".weight", channels, 1, taps);
        float[] bias = biased ? weights.floats(name + ".bias", channels) : null;
        float[] transposed = new float[taps * width];
        for (int c = 0; c < width; c++) {
            for (int k = 0; k < taps; k++) {
                transposed[k * width + c] = weight[(firstChannel + c) * taps + k];
            }
        }
        float[] own =
                bias == null ? null : Arrays.copyOfRange(bias, firstChannel, firstChannel + width);
        plan.add(new CausalConv(in, out, plan.state().f32(state, taps, width), transposed, own));
    }

    /** The skip weight D, one a head or one a channel, as one a channel. */
    public float[] headSkip(String name, int heads, int channels) {
        if (weights.has(name) && weights.info(name).length() == channels) {
            return weights.floats(name, channels);
        }
        float[] perHead = weights.floats(name, heads);
        float[] skip = new float[channels];
        for (int c = 0; c < channels; c++) {
            skip[c] = perHead[c / (channels / heads)];
        }
        return skip;
    }
}
