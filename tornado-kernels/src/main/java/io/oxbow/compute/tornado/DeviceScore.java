package io.oxbow.compute.tornado;

import io.oxbow.plan.AnomalyScore;
import io.oxbow.plan.Register;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.DoubleArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.arrays.LongArray;

/**
 * {@link AnomalyScore}: a task a size, a work-item a token, which adds its mean over channels up;
 * then a work-item a stream, which walks the stream's tokens.
 */
final class DeviceScore implements DeviceOp {
    private final AnomalyScore op;

    DeviceScore(AnomalyScore op) {
        this.op = op;
    }

    @Override
    public void draw(DeviceFrame frame) {
        DoubleArray strange = frame.scratchDoubles(frame.maxTokens());
        for (int k = 0; k < op.sizes().size(); k++) {
            Register size = op.sizes().get(k);
            frame.graph()
                    .task(
                            frame.perToken("strange", 1),
                            DeviceScore::addMean,
                            frame.context(),
                            frame.sizes(),
                            frame.values(size),
                            strange,
                            k,
                            size.width());
        }
        frame.graph()
                .task(
                        frame.perStream("score", 1),
                        DeviceScore::score,
                        frame.context(),
                        frame.sizes(),
                        frame.offsets(),
                        frame.slots(),
                        frame.values(op.evidence()),
                        strange,
                        frame.values(op.score()),
                        frame.states(),
                        frame.counters(),
                        frame.keep(new float[] {op.least(), op.most()}),
                        op.sizes().size(),
                        op.block(),
                        op.warmUp(),
                        op.peaks().length(),
                        frame.rowFloats(),
                        op.peaks().offset(),
                        frame.rowLongs(),
                        op.steps().offset());
        frame.count(op.steps());
    }

    /**
     * @param strange (T): sums of the sizes so far
     * @param first 0 for the first size
     */
    static void addMean(
            KernelContext context,
            IntArray sizes,
            FloatArray size,
            DoubleArray strange,
            int first,
            int channels) {
        int t = context.globalIdx;
        if (t < sizes.get(DeviceBatch.TOKENS)) {
            double own = 0;
            for (int c = 0; c < channels; c++) {
                own += size.get(t * channels + c);
            }
            double sum = own / channels;
            if (first > 0) {
                sum += strange.get(t);
            }
            strange.set(t, sum);
        }
    }

    /**
     * @param bounds (2): evidence of the weakest alert, evidence that cannot be surpassed
     */
    static void score(
            KernelContext context,
            IntArray sizes,
            IntArray offsets,
            IntArray slots,
            FloatArray evidence,
            DoubleArray strange,
            FloatArray score,
            FloatArray states,
            LongArray counters,
            FloatArray bounds,
            int sizeCount,
            int block,
            int warmUp,
            int blocks,
            int rowFloats,
            int offset,
            int rowLongs,
            int stepsOffset) {
        int s = context.globalIdx;
        if (s < sizes.get(DeviceBatch.STREAMS)) {
            int slot = slots.get(s);
            int peaks = slot * rowFloats + offset;
            int begin = offsets.get(s);
            int end = offsets.get(s + 1);
            long before = counters.get(slot * rowLongs + stepsOffset);
            for (int t = begin; t < end; t++) {
                long seen = before + (t - begin);
                float found = evidence.get(t);
                int present = peaks + (int) (seen / block % blocks);
                if (seen % block == 0) {
                    states.set(present, 0);
                }
                float highest = 0;
                for (int i = 0; i < blocks; i++) {
                    float peak = states.get(peaks + i);
                    if (peak > highest) {
                        highest = peak;
                    }
                }
                if (found > states.get(present)) {
                    states.set(present, found);
                }
                double usual = strange.get(t) / sizeCount;
                float result = (float) (0.5 * usual / (usual + 4));
                if (found > highest && found >= bounds.get(0)) {
                    float part = found / bounds.get(1);
                    if (part > 1) {
                        part = 1;
                    }
                    result = 0.5f + 0.5f * part;
                }
                if (seen < warmUp) {
                    result = 0;
                }
                score.set(t, result);
            }
        }
    }
}
