package io.oxbow.compute.tornado;

import io.oxbow.plan.Linear;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * {@link Linear}, each output summed by one work-item in index order. Large products go tile by
 * tile through local memory; which kernel runs depends on the widths alone, never on the batch.
 */
final class DeviceLinear implements DeviceOp {
    /** Edge of a tile; {@code TILE^2} work-items make a group. */
    private static final int TILE = 16;

    private final Linear op;

    DeviceLinear(Linear op) {
        this.op = op;
    }

    @Override
    public void draw(DeviceFrame frame) {
        int inDim = op.in().width();
        int outDim = op.out().width();
        FloatArray weight = frame.keep(transposed(op.weight(), outDim, inDim));
        FloatArray bias = frame.keepOr(op.bias(), outDim, 0);
        if (inDim < TILE || outDim < TILE) {
            frame.graph()
                    .task(
                            frame.perToken("linear", outDim),
                            DeviceLinear::plain,
                            frame.context(),
                            frame.sizes(),
                            frame.values(op.in()),
                            frame.values(op.out()),
                            weight,
                            bias,
                            inDim,
                            outDim);
            return;
        }
        int across = (outDim + TILE - 1) / TILE;
        frame.graph()
                .task(
                        frame.perTokens("linear", TILE, TILE * TILE * across, TILE * TILE),
                        DeviceLinear::tiled,
                        frame.context(),
                        frame.sizes(),
                        frame.values(op.in()),
                        frame.values(op.out()),
                        weight,
                        bias,
                        inDim,
                        outDim,
                        across);
    }

    /** (inDim, outDim): neighbouring work-items read neighbouring floats. */
    private static float[] transposed(float[] weight, int rows, int columns) {
        float[] turned = new float[weight.length];
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < columns; c++) {
                turned[c * rows + r] = weight[r * columns + c];
            }
        }
        return turned;
    }

    /** A work-item an output of a token. */
    static void plain(
            KernelContext context,
            IntArray sizes,
            FloatArray in,
            FloatArray out,
            FloatArray weight,
            FloatArray bias,
            int inDim,
            int outDim) {
        int item = context.globalIdx;
        int t = item / outDim;
        if (t < sizes.get(DeviceBatch.TOKENS)) {
            int o = item - t * outDim;
            float sum = 0;
            for (int i = 0; i < inDim; i++) {
                sum += weight.get(i * outDim + o) * in.get(t * inDim + i);
            }
            out.set(item, sum + bias.get(o));
        }
    }

    /** A work-group a tile of 16 tokens by 16 outputs; beyond the edges tiles hold zeros. */
    static void tiled(
            KernelContext context,
            IntArray sizes,
            FloatArray in,
            FloatArray out,
            FloatArray weight,
            FloatArray bias,
            int inDim,
            int outDim,
            int across) {
        float[] inTile = context.allocateFloatLocalArray(TILE * TILE);
        float[] weightTile = context.allocateFloatLocalArray(TILE * TILE);
        int tokens = sizes.get(DeviceBatch.TOKENS);
        int row = context.localIdx / TILE;
        int column = context.localIdx - row * TILE;
        int tileRow = context.groupIdx / across;
        int t = tileRow * TILE + row;
        int o = (context.groupIdx - tileRow * across) * TILE + column;
        float sum = 0;
        for (int k = 0; k < inDim; k += TILE) {
            float left = 0;
            if (t < tokens && k + column < inDim) {
                left = in.get(t * inDim + k + column);
            }
            inTile[row * TILE + column] = left;
            float right = 0;
            if (o < outDim && k + row < inDim) {
                right = weight.get((k + row) * outDim + o);
            }
            weightTile[row * TILE + column] = right;
            context.localBarrier();
            for (int i = 0; i < TILE; i++) {
                sum += weightTile[i * TILE + column] * inTile[row * TILE + i];
            }
            context.localBarrier();
        }
        if (t < tokens && o < outDim) {
            out.set(t * outDim + o, sum + bias.get(o));
        }
    }
}
