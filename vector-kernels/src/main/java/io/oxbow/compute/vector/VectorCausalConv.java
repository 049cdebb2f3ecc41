package io.oxbow.compute.vector;

import io.oxbow.compute.KernelFrame;
import io.oxbow.compute.OpKernel;
import io.oxbow.compute.TokenBatch;
import io.oxbow.plan.CausalConv;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link CausalConv}, a lane a channel. The history moves up by one row while it is read, so that
 * the state goes through the registers once.
 */
final class VectorCausalConv implements OpKernel {
    private static final VectorSpecies<Float> SPECIES = PackedMatrix.SPECIES;
    private static final int LANES = SPECIES.length();

    private final CausalConv op;
    private final int channels;
    private final int newest;
    private final float[] weight;
    private final float[] bias;

    VectorCausalConv(CausalConv op) {
        this.op = op;
        this.channels = op.in().width();
        this.newest = (op.taps() - 1) * channels;
        this.weight = op.weight();
        this.bias = op.bias() == null ? new float[channels] : op.bias();
    }

    @Override
    public void run(KernelFrame frame) {
        TokenBatch batch = frame.batch();
        int[] offsets = batch.offsets();
        int[] slots = batch.slots();
        int rowFloats = frame.states().layout().floats();
        float[] state = frame.states().floats();
        float[] in = frame.values(op.in());
        float[] out = frame.values(op.out());
        int whole = channels / LANES * LANES;
        for (int s = 0; s < batch.streamCount(); s++) {
            int row = slots[s] * rowFloats + op.history().offset();
            for (int t = offsets[s]; t < offsets[s + 1]; t++) {
                int at = t * channels;
                if (newest == 3 * channels) {
                    fourTaps(state, row, in, out, at, whole);
                } else {
                    anyTaps(state, row, in, out, at, whole);
                }
                for (int c = whole; c < channels; c++) {
                    stepChannel(state, row, in, out, at, c);
                }
            }
        }
    }

    private void fourTaps(float[] state, int row, float[] in, float[] out, int at, int whole) {
        int row1 = row + channels;
        int row2 = row1 + channels;
        int row3 = row2 + channels;
        int tap1 = channels;
        int tap2 = tap1 + channels;
        int tap3 = tap2 + channels;
        for (int c = 0; c < whole; c += LANES) {
            FloatVector h0 = FloatVector.fromArray(SPECIES, state, row1 + c);
            FloatVector h1 = FloatVector.fromArray(SPECIES, state, row2 + c);
            FloatVector h2 = FloatVector.fromArray(SPECIES, state, row3 + c);
            FloatVector h3 = FloatVector.fromArray(SPECIES, in, at + c);
            FloatVector sum = FloatVector.fromArray(SPECIES, bias, c);
            sum = h0.fma(FloatVector.fromArray(SPECIES, weight, c), sum);
            sum = h1.fma(FloatVector.fromArray(SPECIES, weight, tap1 + c), sum);
            sum = h2.fma(FloatVector.fromArray(SPECIES, weight, tap2 + c), sum);
            sum = h3.fma(FloatVector.fromArray(SPECIES, weight, tap3 + c), sum);
            h0.intoArray(state, row + c);
            h1.intoArray(state, row1 + c);
            h2.intoArray(state, row2 + c);
            h3.intoArray(state, row3 + c);
            sum.intoArray(out, at + c);
        }
    }

    private void anyTaps(float[] state, int row, float[] in, float[] out, int at, int whole) {
        for (int c = 0; c < whole; c += LANES) {
            FloatVector sum = FloatVector.fromArray(SPECIES, bias, c);
            for (int k = c; k < newest; k += channels) {
                FloatVector h = FloatVector.fromArray(SPECIES, state, row + channels + k);
                h.intoArray(state, row + k);
                sum = h.fma(FloatVector.fromArray(SPECIES, weight, k), sum);
            }
            FloatVector h = FloatVector.fromArray(SPECIES, in, at + c);
            h.intoArray(state, row + newest + c);
            h.fma(FloatVector.fromArray(SPECIES, weight, newest + c), sum).intoArray(out, at + c);
        }
    }

    private void stepChannel(float[] state, int row, float[] in, float[] out, int at, int c) {
        float sum = bias[c];
        for (int k = c; k < newest; k += channels) {
            float h = state[row + channels + k];
            state[row + k] = h;
            sum = Math.fma(h, weight[k], sum);
        }
        state[row + newest + c] = in[at + c];
        out[at + c] = Math.fma(in[at + c], weight[newest + c], sum);
    }
}
