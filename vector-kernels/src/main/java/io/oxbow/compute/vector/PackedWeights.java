package io.oxbow.compute.vector;

import io.oxbow.plan.WeightFormat;

/** A constant matrix in panels of outputs, and its product with many rows at once. */
interface PackedWeights {

    /**
     * {@code out += in weight^T} for {@code rows} rows. An output's bits do not depend on the other
     * rows.
     *
     * @param in (rows, inDim) from {@code inAt}
     * @param out (rows, outDim) from {@code outAt}, already holding what the sums start from
     */
    void accumulate(float[] in, int inAt, int rows, float[] out, int outAt);

    /**
     * @param weight (outDim, inDim), row-major, of values that {@code format} holds; copied
     */
    static PackedWeights pack(WeightFormat format, float[] weight, int outDim, int inDim) {
        return switch (format) {
            case F32 -> new PackedMatrix(weight, outDim, inDim);
            case BF16 -> new Bf16Matrix(weight, outDim, inDim);
            case F16 -> new F16Matrix(weight, outDim, inDim);
            case INT8 -> new Int8Matrix(weight, outDim, inDim);
        };
    }
}
