package io.oxbow.compute.vector;

/**
 * A constant matrix whose weights share 32-bit words, unpacked in registers:
 *
 * <pre>
 * words (ceil(outDim / PANEL), ceil(inDim / perWord), PANEL)   consecutive inputs of an output a word
 * </pre>
 *
 * PANEL is two vectors of outputs, zero-padded. An output is one chain of fused multiply-adds over
 * the inputs in index order. Not thread-safe: one instance a kernel.
 */
abstract class NarrowMatrix implements PackedWeights {
    static final int LANES = PackedMatrix.SPECIES.length();
    static final int PANEL = 2 * LANES;
    private static final int ROWS = 4;

    final int outDim;
    final int inDim;
    final int[] words;
    private final int perWord;
    private final float[] edge = new float[ROWS * PANEL];

    NarrowMatrix(int outDim, int inDim, int perWord) {
        this.outDim = outDim;
        this.inDim = inDim;
        this.perWord = perWord;
        int panels = (outDim + PANEL - 1) / PANEL;
        this.words = new int[Math.multiplyExact(panels * PANEL, wordsPerOutput())];
    }

    /** Words of one output, the last perhaps not full. */
    final int wordsPerOutput() {
        return (inDim + perWord - 1) / perWord;
    }

    /** Where the word of weight {@code (output, input)} lies. */
    final int wordIndex(int output, int input) {
        return output / PANEL * PANEL * wordsPerOutput() + input / perWord * PANEL + output % PANEL;
    }

    /** Adds one panel's product with {@link #ROWS} rows to {@code out}. */
    abstract void fourRows(int firstOutput, float[] in, int inAt, float[] out, int at, int stride);

    /** Adds one panel's product with a row to {@code out}. */
    abstract void oneRow(int firstOutput, float[] in, int inAt, float[] out, int at);

    @Override
    public final void accumulate(float[] in, int inAt, int rows, float[] out, int outAt) {
        for (int o = 0; o < outDim; o += PANEL) {
            boolean whole = o + PANEL <= outDim;
            for (int r = 0; r < rows; r += ROWS) {
                int group = Math.min(ROWS, rows - r);
                int inRow = inAt + r * inDim;
                int outRow = outAt + r * outDim + o;
                if (whole) {
                    multiply(o, in, inRow, group, out, outRow, outDim);
                } else {
                    int width = outDim - o;
                    for (int g = 0; g < group; g++) {
                        System.arraycopy(out, outRow + g * outDim, edge, g * PANEL, width);
                    }
                    multiply(o, in, inRow, group, edge, 0, PANEL);
                    for (int g = 0; g < group; g++) {
                        System.arraycopy(edge, g * PANEL, out, outRow + g * outDim, width);
                    }
                }
            }
        }
    }

    private void multiply(
            int o, float[] in, int inRow, int group, float[] out, int outRow, int stride) {
        if (group == ROWS) {
            fourRows(o, in, inRow, out, outRow, stride);
            return;
        }
        for (int g = 0; g < group; g++) {
            oneRow(o, in, inRow + g * inDim, out, outRow + g * stride);
        }
    }
}
