package io.oxbow.compute.vector;

import io.oxbow.plan.WeightFormat;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.Vector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Weights that are whole numbers times a scale for each output, four inputs a word, the first in
 * the lowest byte. Sums are of the whole numbers and are scaled once, at their end.
 */
final class Int8Matrix extends NarrowMatrix {
    private static final VectorSpecies<Float> SPECIES = PackedMatrix.SPECIES;
    private static final VectorSpecies<Integer> WORDS = IntVector.SPECIES_PREFERRED;
    private static final int PER_WORD = 4;
    private static final int BYTE = 8;
    private static final int TOP = 24;

    /** (outDim), zero-padded to whole panels. */
    private final float[] scale;

    Int8Matrix(float[] weight, int outDim, int inDim) {
        super(outDim, inDim, PER_WORD);
        this.scale = new float[(outDim + PANEL - 1) / PANEL * PANEL];
        for (int o = 0; o < outDim; o++) {
            float step = WeightFormat.int8Scale(weight, o * inDim, inDim);
            scale[o] = step;
            for (int i = 0; i < inDim && step > 0; i++) {
                int whole = Math.round(weight[o * inDim + i] / step);
                words[wordIndex(o, i)] |= (whole & 0xff) << i % PER_WORD * BYTE;
            }
        }
    }

    @Override
    void fourRows(int firstOutput, float[] in, int inAt, float[] out, int at, int stride) {
        int in1 = inAt + inDim;
        int in2 = in1 + inDim;
        int in3 = in2 + inDim;
        FloatVector a0 = FloatVector.zero(SPECIES);
        FloatVector b0 = a0;
        FloatVector a1 = a0;
        FloatVector b1 = a0;
        FloatVector a2 = a0;
        FloatVector b2 = a0;
        FloatVector a3 = a0;
        FloatVector b3 = a0;
        int first = wordIndex(firstOutput, 0);
        for (int i = 0; i < inDim; i++) {
            int w = first + i / PER_WORD * PANEL;
            FloatVector wa = weights(w, i);
            FloatVector wb = weights(w + LANES, i);
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
        add(a0, b0, firstOutput, out, at);
        add(a1, b1, firstOutput, out, at + stride);
        add(a2, b2, firstOutput, out, at + 2 * stride);
        add(a3, b3, firstOutput, out, at + 3 * stride);
    }

    @Override
    void oneRow(int firstOutput, float[] in, int inAt, float[] out, int at) {
        FloatVector a = FloatVector.zero(SPECIES);
        FloatVector b = a;
        int first = wordIndex(firstOutput, 0);
        for (int i = 0; i < inDim; i++) {
            int w = first + i / PER_WORD * PANEL;
            FloatVector x = FloatVector.broadcast(SPECIES, in[inAt + i]);
            a = x.fma(weights(w, i), a);
            b = x.fma(weights(w + LANES, i), b);
        }
        add(a, b, firstOutput, out, at);
    }

    private void add(FloatVector a, FloatVector b, int firstOutput, float[] out, int at) {
        a.fma(FloatVector.fromArray(SPECIES, scale, firstOutput), load(out, at)).intoArray(out, at);
        b.fma(FloatVector.fromArray(SPECIES, scale, firstOutput + LANES), load(out, at + LANES))
                .intoArray(out, at + LANES);
    }

    private static FloatVector load(float[] values, int at) {
        return FloatVector.fromArray(SPECIES, values, at);
    }

    /** The weights of input {@code i} in the words from {@code at}. */
    private FloatVector weights(int at, int i) {
        Vector<Float> whole =
                IntVector.fromArray(WORDS, words, at)
                        .lanewise(VectorOperators.LSHL, TOP - BYTE * (i & PER_WORD - 1))
                        .lanewise(VectorOperators.ASHR, TOP)
                        .convert(VectorOperators.I2F, 0);
        return (FloatVector) whole;
    }
}
