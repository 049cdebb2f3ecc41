package io.oxbow.compute.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * A constant matrix, repacked so that SIMD lanes run along its outputs, and its product with many
 * rows at once.
 *
 * <pre>
 * panels (ceil(outDim / PANEL), inDim, PANEL)   PANEL = two vectors of outputs, zero-padded
 * </pre>
 *
 * Each output is one chain of fused multiply-adds over the inputs in index order. So its bits
 * depend neither on the other rows of the call nor on how wide this machine's vectors are.
 *
 * <p>The inputs are walked in blocks that keep a panel's part in the nearest caches; between blocks
 * the sums rest in {@code out}, which does not round them. Not thread-safe: one instance a kernel.
 */
final class PackedMatrix implements PackedWeights {
    static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

    private static final int LANES = SPECIES.length();
    private static final int PANEL = 2 * LANES;
    private static final int ROWS = 4;

    /** Sixteen accumulators and what goes with them fit 32 registers, which come with 512 bits. */
    private static final boolean MANY_REGISTERS = SPECIES.vectorBitSize() >= 512;

    /** Inputs a block: a panel's part is then 64 KiB with 512-bit vectors. */
    private static final int BLOCK = 512;

    private final int outDim;
    private final int inDim;
    private final float[] panels;
    private final float[] edge = new float[ROWS * PANEL];

    /**
     * @param weight (outDim, inDim), row-major; copied
     */
    PackedMatrix(float[] weight, int outDim, int inDim) {
        this.outDim = outDim;
        this.inDim = inDim;
        int count = (outDim + PANEL - 1) / PANEL;
        this.panels = new float[Math.multiplyExact(count * PANEL, inDim)];
        for (int o = 0; o < outDim; o++) {
            int at = o / PANEL * PANEL * inDim + o % PANEL;
            for (int i = 0; i < inDim; i++) {
                panels[at + i * PANEL] = weight[o * inDim + i];
            }
        }
    }

    @Override
    public void accumulate(float[] in, int inAt, int rows, float[] out, int outAt) {
        int whole = outDim / PANEL * PANEL;
        for (int o = 0; o < whole; o += PANEL) {
            for (int from = 0; from < inDim; from += BLOCK) {
                int inputs = Math.min(BLOCK, inDim - from);
                int panel = o * inDim + from * PANEL;
                int r = 0;
                for (; MANY_REGISTERS && r + 2 * ROWS <= rows; r += 2 * ROWS) {
                    int inRow = inAt + r * inDim + from;
                    int outRow = outAt + r * outDim + o;
                    eightRows(panels, panel, inputs, in, inRow, inDim, out, outRow, outDim);
                }
                for (; r + ROWS <= rows; r += ROWS) {
                    int inRow = inAt + r * inDim + from;
                    int outRow = outAt + r * outDim + o;
                    fourRows(panels, panel, inputs, in, inRow, inDim, out, outRow, outDim);
                }
                for (; r < rows; r++) {
                    int inRow = inAt + r * inDim + from;
                    oneRow(panels, panel, inputs, in, inRow, out, outAt + r * outDim + o);
                }
            }
        }
        if (whole < outDim) {
            accumulateEdge(whole, in, inAt, rows, out, outAt);
        }
    }

    /** The last panel, which is not full: summed in {@link #edge}, then copied. */
    private void accumulateEdge(int o, float[] in, int inAt, int rows, float[] out, int outAt) {
        int width = outDim - o;
        int panel = o * inDim;
        for (int r = 0; r < rows; r += ROWS) {
            int group = Math.min(ROWS, rows - r);
            int inRow = inAt + r * inDim;
            int outRow = outAt + r * outDim + o;
            for (int g = 0; g < group; g++) {
                System.arraycopy(out, outRow + g * outDim, edge, g * PANEL, width);
            }
            if (group == ROWS) {
                fourRows(panels, panel, inDim, in, inRow, inDim, edge, 0, PANEL);
            } else {
                for (int g = 0; g < group; g++) {
                    oneRow(panels, panel, inDim, in, inRow + g * inDim, edge, g * PANEL);
                }
            }
            for (int g = 0; g < group; g++) {
                System.arraycopy(edge, g * PANEL, out, outRow + g * outDim, width);
            }
        }
    }

    /** One panel of two times {@link #ROWS} rows. */
    private static void eightRows(
            float[] panels,
            int panel,
            int inputs,
            float[] in,
            int inAt,
            int inStride,
            float[] out,
            int outAt,
            int outStride) {
        int in1 = inAt + inStride;
        int in2 = in1 + inStride;
        int in3 = in2 + inStride;
        int in4 = in3 + inStride;
        int in5 = in4 + inStride;
        int in6 = in5 + inStride;
        int in7 = in6 + inStride;
        int out1 = outAt + outStride;
        int out2 = out1 + outStride;
        int out3 = out2 + outStride;
        int out4 = out3 + outStride;
        int out5 = out4 + outStride;
        int out6 = out5 + outStride;
        int out7 = out6 + outStride;
        FloatVector a0 = FloatVector.fromArray(SPECIES, out, outAt);
        FloatVector b0 = FloatVector.fromArray(SPECIES, out, outAt + LANES);
        FloatVector a1 = FloatVector.fromArray(SPECIES, out, out1);
        FloatVector b1 = FloatVector.fromArray(SPECIES, out, out1 + LANES);
        FloatVector a2 = FloatVector.fromArray(SPECIES, out, out2);
        FloatVector b2 = FloatVector.fromArray(SPECIES, out, out2 + LANES);
        FloatVector a3 = FloatVector.fromArray(SPECIES, out, out3);
        FloatVector b3 = FloatVector.fromArray(SPECIES, out, out3 + LANES);
        FloatVector a4 = FloatVector.fromArray(SPECIES, out, out4);
        FloatVector b4 = FloatVector.fromArray(SPECIES, out, out4 + LANES);
        FloatVector a5 = FloatVector.fromArray(SPECIES, out, out5);
        FloatVector b5 = FloatVector.fromArray(SPECIES, out, out5 + LANES);
        FloatVector a6 = FloatVector.fromArray(SPECIES, out, out6);
        FloatVector b6 = FloatVector.fromArray(SPECIES, out, out6 + LANES);
        FloatVector a7 = FloatVector.fromArray(SPECIES, out, out7);
        FloatVector b7 = FloatVector.fromArray(SPECIES, out, out7 + LANES);
        int w = panel;
        for (int i = 0; i < inputs; i++) {
            FloatVector wa = FloatVector.fromArray(SPECIES, panels, w);
            FloatVector wb = FloatVector.fromArray(SPECIES, panels, w + LANES);
            w += PANEL;
            FloatVector x0 = FloatVector.broadcast(SPECIES, in[inAt + i]);
            a0 = x0.fma(wa, a0);
            b0 = x0.fma(wb, b0);
            FloatVector x1 = FloatVector.broadcast(SPECIES, in[in1 + i]);
            a1 = x1.fma(wa, a1);
            b1 = x1.fma(wb, b1);
            FloatVector x2 = FloatVector.broadcast(SPECIES, in[in2 + i]);
            a2 = x2.fma(wa, a2);
            b2 = x2.fma(wb, b2);
            FloatVector x3 = FloatVector.broadcast(SPECIES, in[in3 + i]);
            a3 = x3.fma(wa, a3);
            b3 = x3.fma(wb, b3);
            FloatVector x4 = FloatVector.broadcast(SPECIES, in[in4 + i]);
            a4 = x4.fma(wa, a4);
            b4 = x4.fma(wb, b4);
            FloatVector x5 = FloatVector.broadcast(SPECIES, in[in5 + i]);
            a5 = x5.fma(wa, a5);
            b5 = x5.fma(wb, b5);
            FloatVector x6 = FloatVector.broadcast(SPECIES, in[in6 + i]);
            a6 = x6.fma(wa, a6);
            b6 = x6.fma(wb, b6);
            FloatVector x7 = FloatVector.broadcast(SPECIES, in[in7 + i]);
            a7 = x7.fma(wa, a7);
            b7 = x7.fma(wb, b7);
        }
        a0.intoArray(out, outAt);
        b0.intoArray(out, outAt + LANES);
        a1.intoArray(out, out1);
        b1.intoArray(out, out1 + LANES);
        a2.intoArray(out, out2);
        b2.intoArray(out, out2 + LANES);
        a3.intoArray(out, out3);
        b3.intoArray(out, out3 + LANES);
        a4.intoArray(out, out4);
        b4.intoArray(out, out4 + LANES);
        a5.intoArray(out, out5);
        b5.intoArray(out, out5 + LANES);
        a6.intoArray(out, out6);
        b6.intoArray(out, out6 + LANES);
        a7.intoArray(out, out7);
        b7.intoArray(out, out7 + LANES);
    }

    /** One panel of {@link #ROWS} rows: eight independent chains keep the FMA units busy. */
    private static void fourRows(
            float[] panels,
            int panel,
            int inputs,
            float[] in,
            int inAt,
            int inStride,
            float[] out,
            int outAt,
            int outStride) {
        int in1 = inAt + inStride;
        int in2 = in1 + inStride;
        int in3 = in2 + inStride;
        int out1 = outAt + outStride;
        int out2 = out1 + outStride;
        int out3 = out2 + outStride;
        FloatVector a0 = FloatVector.fromArray(SPECIES, out, outAt);
        FloatVector b0 = FloatVector.fromArray(SPECIES, out, outAt + LANES);
        FloatVector a1 = FloatVector.fromArray(SPECIES, out, out1);
        FloatVector b1 = FloatVector.fromArray(SPECIES, out, out1 + LANES);
        FloatVector a2 = FloatVector.fromArray(SPECIES, out, out2);
        FloatVector b2 = FloatVector.fromArray(SPECIES, out, out2 + LANES);
        FloatVector a3 = FloatVector.fromArray(SPECIES, out, out3);
        FloatVector b3 = FloatVector.fromArray(SPECIES, out, out3 + LANES);
        int w = panel;
        for (int i = 0; i < inputs; i++) {
            FloatVector wa = FloatVector.fromArray(SPECIES, panels, w);
            FloatVector wb = FloatVector.fromArray(SPECIES, panels, w + LANES);
            w += PANEL;
            FloatVector x0 = FloatVector.broadcast(SPECIES, in[inAt + i]);
            a0 = x0.fma(wa, a0);
            b0 = x0.fma(wb, b0);
            FloatVector x1 = FloatVector.broadcast(SPECIES, in[in1 + i]);
            a1 = x1.fma(wa, a1);
            b1 = x1.fma(wb, b1);
            FloatVector x2 = FloatVector.broadcast(SPECIES, in[in2 + i]);
            a2 = x2.fma(wa, a2);
            b2 = x2.fma(wb, b2);
            FloatVector x3 = FloatVector.broadcast(SPECIES, in[in3 + i]);
            a3 = x3.fma(wa, a3);
            b3 = x3.fma(wb, b3);
        }
        a0.intoArray(out, outAt);
        b0.intoArray(out, outAt + LANES);
        a1.intoArray(out, out1);
        b1.intoArray(out, out1 + LANES);
        a2.intoArray(out, out2);
        b2.intoArray(out, out2 + LANES);
        a3.intoArray(out, out3);
        b3.intoArray(out, out3 + LANES);
    }

    private static void oneRow(
            float[] panels, int panel, int inputs, float[] in, int inAt, float[] out, int outAt) {
        FloatVector a = FloatVector.fromArray(SPECIES, out, outAt);
        FloatVector b = FloatVector.fromArray(SPECIES, out, outAt + LANES);
        int w = panel;
        for (int i = 0; i < inputs; i++) {
            FloatVector x = FloatVector.broadcast(SPECIES, in[inAt + i]);
            a = x.fma(FloatVector.fromArray(SPECIES, panels, w), a);
            b = x.fma(FloatVector.fromArray(SPECIES, panels, w + LANES), b);
            w += PANEL;
        }
        a.intoArray(out, outAt);
        b.intoArray(out, outAt + LANES);
    }
}
