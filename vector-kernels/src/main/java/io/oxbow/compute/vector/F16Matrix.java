package io.oxbow.compute.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Weights as half floats, two inputs a word, the first in the lower half. A half's exponent and
 * fraction, moved to where a float has them, are a float of another power of two, so a product
 * undoes both that and the power by which the weights were made larger: small halves would become
 * subnormal floats, with which processors are slow.
 */
final class F16Matrix extends NarrowMatrix {
    private static final VectorSpecies<Float> SPECIES = PackedMatrix.SPECIES;
    private static final VectorSpecies<Integer> WORDS = IntVector.SPECIES_PREFERRED;
    private static final int HALF = 16;
    private static final int LOWER = 0xffff;

    /** Further bits of exponent in a float, and of fraction. */
    private static final int EXPONENT_BITS = 3;

    private static final int FRACTION_BITS = 13;
    private static final int SIGN_AND_REST = 0x8fffe000;
    private static final int BIAS_APART = 127 - 15;
    private static final int LARGEST_EXPONENT = 15;

    /** With it the smallest half of all has a normal half's exponent. */
    private static final int ENOUGH = 10;

    private final float unit;

    /**
     * @param weight (outDim, inDim), halves
     */
    F16Matrix(float[] weight, int outDim, int inDim) {
        super(outDim, inDim, 2);
        float largest = Float.MIN_NORMAL;
        for (float value : weight) {
            largest = Math.max(largest, Math.abs(value));
        }
        int power = Math.min(ENOUGH, LARGEST_EXPONENT - Math.getExponent(largest));
        this.unit = Math.scalb(1f, BIAS_APART - power);
        for (int o = 0; o < outDim; o++) {
            for (int i = 0; i < inDim; i++) {
                int bits = Float.floatToRawIntBits(weight[o * inDim + i] / unit);
                int half = bits >>> FRACTION_BITS & (LOWER >>> 1) | bits >>> HALF & ~(LOWER >>> 1);
                words[wordIndex(o, i)] |= i % 2 == 0 ? half : half << HALF;
            }
        }
    }

    @Override
    void fourRows(int firstOutput, float[] in, int inAt, float[] out, int at, int stride) {
        int in1 = inAt + inDim;
        int in2 = in1 + inDim;
        int in3 = in2 + inDim;
        int out1 = at + stride;
        int out2 = out1 + stride;
        int out3 = out2 + stride;
        FloatVector a0 = FloatVector.fromArray(SPECIES, out, at);
        FloatVector b0 = FloatVector.fromArray(SPECIES, out, at + LANES);
        FloatVector a1 = FloatVector.fromArray(SPECIES, out, out1);
        FloatVector b1 = FloatVector.fromArray(SPECIES, out, out1 + LANES);
        FloatVector a2 = FloatVector.fromArray(SPECIES, out, out2);
        FloatVector b2 = FloatVector.fromArray(SPECIES, out, out2 + LANES);
        FloatVector a3 = FloatVector.fromArray(SPECIES, out, out3);
        FloatVector b3 = FloatVector.fromArray(SPECIES, out, out3 + LANES);
        int w = wordIndex(firstOutput, 0);
        for (int i = 0; i < inDim; i++) {
            FloatVector wa = weights(w, i);
            FloatVector wb = weights(w + LANES, i);
            w += PANEL * (i & 1);
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
        a0.intoArray(out, at);
        b0.intoArray(out, at + LANES);
        a1.intoArray(out, out1);
        b1.intoArray(out, out1 + LANES);
        a2.intoArray(out, out2);
        b2.intoArray(out, out2 + LANES);
        a3.intoArray(out, out3);
        b3.intoArray(out, out3 + LANES);
    }

    @Override
    void oneRow(int firstOutput, float[] in, int inAt, float[] out, int at) {
        FloatVector a = FloatVector.fromArray(SPECIES, out, at);
        FloatVector b = FloatVector.fromArray(SPECIES, out, at + LANES);
        int w = wordIndex(firstOutput, 0);
        for (int i = 0; i < inDim; i++) {
            FloatVector x = FloatVector.broadcast(SPECIES, in[inAt + i]);
            a = x.fma(weights(w, i), a);
            b = x.fma(weights(w + LANES, i), b);
            w += PANEL * (i & 1);
        }
        a.intoArray(out, at);
        b.intoArray(out, at + LANES);
    }

    /** The weights of input {@code i} in the words from {@code at}. */
    private FloatVector weights(int at, int i) {
        return IntVector.fromArray(WORDS, words, at)
                .lanewise(VectorOperators.LSHL, HALF - HALF * (i & 1))
                .lanewise(VectorOperators.ASHR, EXPONENT_BITS)
                .and(SIGN_AND_REST)
                .reinterpretAsFloats()
                .mul(unit);
    }
}
