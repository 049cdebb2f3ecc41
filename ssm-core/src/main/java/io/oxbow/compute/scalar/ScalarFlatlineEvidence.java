package io.oxbow.compute.scalar;

import io.oxbow.compute.KernelFrame;
import io.oxbow.compute.OpKernel;
import io.oxbow.compute.TokenBatch;
import io.oxbow.plan.FlatlineEvidence;

/** {@link FlatlineEvidence}, a stream's tokens in order. */
final class ScalarFlatlineEvidence implements OpKernel {
    private final FlatlineEvidence op;
    private final int channels;
    private final double remembered;

    ScalarFlatlineEvidence(FlatlineEvidence op) {
        this.op = op;
        this.channels = op.in().width();
        this.remembered = 1 / op.minWeight();
    }

    @Override
    public void run(KernelFrame frame) {
        TokenBatch batch = frame.batch();
        int[] offsets = batch.offsets();
        int[] slots = batch.slots();
        int rowFloats = frame.states().layout().floats();
        int rowLongs = frame.states().layout().longs();
        float[] state = frame.states().floats();
        long[] counters = frame.states().longs();
        float[] in = frame.values(op.in());
        float[] out = frame.values(op.out());
        for (int s = 0; s < batch.streamCount(); s++) {
            int runs = slots[s] * rowFloats + op.runs().offset();
            int steps = slots[s] * rowLongs + op.steps().offset();
            for (int t = offsets[s]; t < offsets[s + 1]; t++) {
                long seen = counters[steps]++;
                for (int c = 0; c < channels; c++) {
                    int at = t * channels + c;
                    double digits = seen == 0 ? 0 : step(state, runs + c, in[at], seen - 1);
                    out[at] = seen < op.warmUp() ? 0 : (float) Math.min(op.cap(), digits);
                    state[runs + c] = in[at];
                }
            }
        }
    }

    /**
     * @param at of the channel's last value; its other numbers follow a channel count apart
     * @param judged tokens before this one that could repeat another
     */
    private double step(float[] state, int at, float x, long judged) {
        int repeatsAt = at + channels;
        int runAt = repeatsAt + channels;
        int longestAt = runAt + channels;
        double n = Math.min(judged, remembered);
        double repeats = state[repeatsAt];
        boolean same = x == state[at];
        double digits = 0;
        if (same) {
            double probability = (repeats + 1) / (n + 2);
            double run = state[runAt] - Logarithms.ln(probability) / Logarithms.LN_10;
            state[runAt] = (float) run;
            digits = Math.max(0, run - state[longestAt]);
        } else {
            state[longestAt] = Math.max(state[longestAt], state[runAt]);
            state[runAt] = 0;
        }
        double kept = judged < remembered ? repeats : repeats * (1 - op.minWeight());
        state[repeatsAt] = (float) (kept + (same ? 1 : 0));
        return digits;
    }
}
