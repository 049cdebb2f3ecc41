package io.oxbow.arch;

import io.oxbow.plan.ActivationFunction;
import io.oxbow.plan.Gate;
import io.oxbow.plan.LayerNorm;
import io.oxbow.plan.Linear;
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
        linearRows(name, in, out, 0, out.width());
    }

    /**
     * A part of a fully connected layer that writes {@code out}: its rows from {@code firstRow}.
     *
     * @param rows rows of the whole layer
     */
    public void linearRows(String name, Register in, Register out, int firstRow, int rows) {
        float[] weight = matrix(name + ".weight", rows, in.width());
        float[] bias = weights.floatsIfPresent(name + ".bias", rows);
        int from = firstRow;
        int to = firstRow + out.width();
        plan.add(
                new Linear(
                        in,
                        out,
                        Arrays.copyOfRange(weight, from * in.width(), to * in.width()),
                        bias == null ? null : Arrays.copyOfRange(bias, from, to)));
    }

    /** A matrix, which may be stored as the kernel of a convolution of width 1. */
    private float[] matrix(String name, int rows, int columns) {
        return weights.has(name) && weights.info(name).shape().size() == 3
                ? weights.floats(name, rows, columns, 1)
                : weights.floats(name, rows, columns);
    }

    /** {@code out = first half of the layer * sigmoid(second half)}, a gated linear unit. */
    public void gatedLinear(String name, Register in, Register out, Register gate) {
        linearRows(name, in, out, 0, 2 * out.width());
        linearRows(name, in, gate, out.width(), 2 * out.width());
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
}
