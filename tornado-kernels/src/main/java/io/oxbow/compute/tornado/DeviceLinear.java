package io.oxbow.compute.tornado;

import io.oxbow.plan.Linear;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * {@link Linear}, each output summed by one work-item in index order. Large products go tile by
 * tile through local memory, sixteen sums to a work-item; which kernel runs depends on the widths
 * alone, never on the batch.
 */
final class DeviceLinear implements DeviceOp {
    /** Tokens of a tile. */
    private static final int ROWS = 32;

    /** Outputs of a tile. */
    private static final int COLUMNS = 64;

    /** Inputs that a tile takes at a time. */
    private static final int DEPTH = 16;

    /** A row of inputs in local memory, one longer so that rows begin in different banks. */
    private static final int PITCH = DEPTH + 1;

    /** Outputs of a work-item are this far apart, its neighbour's in between. */
    private static final int ACROSS = COLUMNS / 4;

    /** Work-items of a group, four tokens by four outputs each. */
    private static final int GROUP = ROWS / 4 * ACROSS;

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
        if (inDim < DEPTH || outDim < DEPTH) {
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
        int tiles = (outDim + COLUMNS - 1) / COLUMNS;
        frame.graph()
                .task(
                        frame.perTokens("linear", ROWS, GROUP * tiles, GROUP),
                        DeviceLinear::tiled,
                        frame.context(),
                        frame.sizes(),
                        frame.values(op.in()),
                        frame.values(op.out()),
                        weight,
                        bias,
                        frame.keep(new int[] {inDim, outDim}));
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

    /**
     * A work-group a tile of outputs of some tokens; beyond the edges tiles hold zeros.
     *
     * @param widths (2): inDim, outDim; in an array, for TornadoVM's OpenCL compiler stumbles over
     *     comparisons whose answer it knows, and where one tile is as wide as the output it does
     */
    static void tiled(
            KernelContext context,
            IntArray sizes,
            FloatArray in,
            FloatArray out,
            FloatArray weight,
            FloatArray bias,
            IntArray widths) {
        float[] inTile = context.allocateFloatLocalArray(ROWS * PITCH);
        float[] weightTile = context.allocateFloatLocalArray(DEPTH * COLUMNS);
        int tokens = sizes.get(DeviceBatch.TOKENS);
        int inDim = widths.get(0);
        int outDim = widths.get(1);
        int tiles = (outDim + COLUMNS - 1) / COLUMNS;
        int item = context.localIdx;
        int tileRow = context.groupIdx / tiles;
        int firstToken = tileRow * ROWS;
        int firstOutput = (context.groupIdx - tileRow * tiles) * COLUMNS;
        int row = item / ACROSS;
        int column = item - row * ACROSS;
        int at = 4 * row * PITCH;
        float s00 = 0;
        float s01 = 0;
        float s02 = 0;
        float s03 = 0;
        float s10 = 0;
        float s11 = 0;
        float s12 = 0;
        float s13 = 0;
        float s20 = 0;
        float s21 = 0;
        float s22 = 0;
        float s23 = 0;
        float s30 = 0;
        float s31 = 0;
        float s32 = 0;
        float s33 = 0;
        for (int k = 0; k < inDim; k += DEPTH) {
            for (int e = item; e < ROWS * DEPTH; e += GROUP) {
                int r = e / DEPTH;
                int i = e - r * DEPTH;
                float x = 0;
                if (firstToken + r < tokens && k + i < inDim) {
                    x = in.get((firstToken + r) * inDim + k + i);
                }
                inTile[r * PITCH + i] = x;
            }
            for (int e = item; e < DEPTH * COLUMNS; e += GROUP) {
                int i = e / COLUMNS;
                int o = e - i * COLUMNS;
                float w = 0;
                if (firstOutput + o < outDim && k + i < inDim) {
                    w = weight.get((k + i) * outDim + firstOutput + o);
                }
                weightTile[e] = w;
            }
            context.localBarrier();
            for (int i = 0; i < DEPTH; i++) {
                float x0 = inTile[at + i];
                float x1 = inTile[at + PITCH + i];
                float x2 = inTile[at + 2 * PITCH + i];
                float x3 = inTile[at + 3 * PITCH + i];
                float w0 = weightTile[i * COLUMNS + column];
                float w1 = weightTile[i * COLUMNS + ACROSS + column];
                float w2 = weightTile[i * COLUMNS + 2 * ACROSS + column];
                float w3 = weightTile[i * COLUMNS + 3 * ACROSS + column];
                s00 += w0 * x0;
                s01 += w1 * x0;
                s02 += w2 * x0;
                s03 += w3 * x0;
                s10 += w0 * x1;
                s11 += w1 * x1;
                s12 += w2 * x1;
                s13 += w3 * x1;
                s20 += w0 * x2;
                s21 += w1 * x2;
                s22 += w2 * x2;
                s23 += w3 * x2;
                s30 += w0 * x3;
                s31 += w1 * x3;
                s32 += w2 * x3;
                s33 += w3 * x3;
            }
            context.localBarrier();
        }
        int t = firstToken + 4 * row;
        int o = firstOutput + column;
        put(out, bias, t, tokens, o, outDim, s00, s01, s02, s03);
        put(out, bias, t + 1, tokens, o, outDim, s10, s11, s12, s13);
        put(out, bias, t + 2, tokens, o, outDim, s20, s21, s22, s23);
        put(out, bias, t + 3, tokens, o, outDim, s30, s31, s32, s33);
    }

    /** Four outputs of a token, as far as there are such. */
    private static void put(
            FloatArray out,
            FloatArray bias,
            int t,
            int tokens,
            int o,
            int outDim,
            float s0,
            float s1,
            float s2,
            float s3) {
        if (t < tokens) {
            if (o < outDim) {
                out.set(t * outDim + o, s0 + bias.get(o));
            }
            if (o + ACROSS < outDim) {
                out.set(t * outDim + o + ACROSS, s1 + bias.get(o + ACROSS));
            }
            if (o + 2 * ACROSS < outDim) {
                out.set(t * outDim + o + 2 * ACROSS, s2 + bias.get(o + 2 * ACROSS));
            }
            if (o + 3 * ACROSS < outDim) {
                out.set(t * outDim + o + 3 * ACROSS, s3 + bias.get(o + 3 * ACROSS));
            }
        }
    }
}
