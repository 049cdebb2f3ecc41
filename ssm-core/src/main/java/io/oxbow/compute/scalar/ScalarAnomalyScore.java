package io.oxbow.compute.scalar;

import io.oxbow.compute.KernelFrame;
import io.oxbow.compute.OpKernel;
import io.oxbow.compute.TokenBatch;
import io.oxbow.plan.AnomalyScore;
import io.oxbow.plan.Register;

/** {@link AnomalyScore}, a stream's tokens in order. */
final class ScalarAnomalyScore implements OpKernel {
    private static final double HALF_STRANGE = 4;

    private final AnomalyScore op;
    private final int blocks;

    ScalarAnomalyScore(AnomalyScore op) {
        this.op = op;
        this.blocks = op.peaks().length();
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
        float[] evidence = frame.values(op.evidence());
        float[] score = frame.values(op.score());
        for (int s = 0; s < batch.streamCount(); s++) {
            int peaks = slots[s] * rowFloats + op.peaks().offset();
            int steps = slots[s] * rowLongs + op.steps().offset();
            for (int t = offsets[s]; t < offsets[s + 1]; t++) {
                long seen = counters[steps]++;
                boolean alert = surpasses(state, peaks, evidence[t], seen);
                if (seen < op.warmUp()) {
                    score[t] = 0;
                } else if (alert) {
                    score[t] = 0.5f + 0.5f * Math.min(1, evidence[t] / op.most());
                } else {
                    double strange = strange(frame, t);
                    score[t] = (float) (0.5 * strange / (strange + HALF_STRANGE));
                }
            }
        }
    }

    /** Whether the evidence makes an alert; remembers it. */
    private boolean surpasses(float[] state, int peaks, float evidence, long seen) {
        float highest = 0;
        int present = peaks + (int) (seen / op.block() % blocks);
        if (seen % op.block() == 0) {
            state[present] = 0;
        }
        for (int i = 0; i < blocks; i++) {
            highest = Math.max(highest, state[peaks + i]);
        }
        state[present] = Math.max(state[present], evidence);
        return evidence > highest && evidence >= op.least();
    }

    private double strange(KernelFrame frame, int t) {
        double sum = 0;
        for (int k = 0; k < op.sizes().size(); k++) {
            Register register = op.sizes().get(k);
            float[] values = frame.values(register);
            int channels = register.width();
            double own = 0;
            for (int c = 0; c < channels; c++) {
                own += values[t * channels + c];
            }
            sum += own / channels;
        }
        return sum / op.sizes().size();
    }
}
