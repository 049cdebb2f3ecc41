package io.oxbow.compute.scalar;

import io.oxbow.compute.KernelFrame;
import io.oxbow.compute.NearestShape;
import io.oxbow.compute.OpKernel;
import io.oxbow.compute.TokenBatch;
import io.oxbow.plan.Register;
import io.oxbow.plan.StateNovelty;

/** {@link StateNovelty}, a stream's tokens in order. */
final class ScalarStateNovelty implements OpKernel {
    /** Keeps a coefficient that hardly moves from deciding alone; inputs have variance 1. */
    private static final float LEAST_VARIANCE = 0.001f;

    private final StateNovelty op;
    private final NearestShape nearest;
    private final int dimensions;
    private final float[] shape;
    private final float[] precision;

    ScalarStateNovelty(StateNovelty op, NearestShape nearest) {
        this.op = op;
        this.nearest = nearest;
        this.dimensions = op.dimensions();
        this.shape = new float[dimensions];
        this.precision = new float[dimensions];
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
        float[] out = frame.values(op.out());
        for (int s = 0; s < batch.streamCount(); s++) {
            int row = slots[s] * rowFloats;
            int steps = slots[s] * rowLongs + op.steps().offset();
            for (int t = offsets[s]; t < offsets[s + 1]; t++) {
                long seen = counters[steps]++;
                gather(frame, t);
                weigh(state, row + op.moments().offset(), seen);
                out[t] = distance(state, row + op.sample().offset(), kept(seen));
                if (seen % op.every() == 0) {
                    propose(state, row, seen / op.every());
                }
            }
        }
    }

    private void gather(KernelFrame frame, int t) {
        Register memory = op.memory();
        float[] values = frame.values(memory);
        int order = memory.width() / op.channels();
        int used = Math.min(order, op.coefficients());
        for (int c = 0; c < op.channels(); c++) {
            System.arraycopy(values, t * memory.width() + c * order, shape, c * used, used);
        }
    }

    private void weigh(float[] state, int moments, long seen) {
        float weight = (float) Math.max(1.0 / (seen + 1), op.minWeight());
        for (int i = 0; i < dimensions; i++) {
            float delta = shape[i] - state[moments + i];
            state[moments + i] += weight * delta;
            int at = moments + dimensions + i;
            state[at] = (1 - weight) * (state[at] + weight * delta * delta);
            precision[i] = 1 / (state[at] + LEAST_VARIANCE);
        }
    }

    /** Places of the sample that are taken before token {@code seen}. */
    private int kept(long seen) {
        long proposed = seen == 0 ? 0 : (seen - 1) / op.every() + 1;
        return (int) Math.max(0, Math.min(op.places(), proposed - op.candidates()));
    }

    private float distance(float[] state, int sample, int kept) {
        if (kept == 0) {
            return 0;
        }
        float square = nearest.square(shape, precision, state, sample, kept);
        return (float) Math.sqrt(square / dimensions);
    }

    /** Lets the candidate that has waited longest into the sample and this shape wait. */
    private void propose(float[] state, int row, long number) {
        int candidates = op.candidates();
        int candidate = row + op.waiting().offset() + (int) (number % candidates) * dimensions;
        int sample = row + op.sample().offset();
        int places = op.places();
        long matured = number - candidates;
        if (matured >= 0) {
            long draw = matured < places ? matured : (scramble(matured) >>> 1) % (matured + 1);
            if (draw < places) {
                int place = matured < places ? (int) matured : crowded(state, sample, matured);
                System.arraycopy(state, candidate, state, sample + place * dimensions, dimensions);
            }
        }
        System.arraycopy(shape, 0, state, candidate, dimensions);
    }

    /** One of the two that lie closest together. */
    private int crowded(float[] state, int sample, long matured) {
        boolean first = (scramble(-matured) & 1) == 0;
        float closest = Float.MAX_VALUE;
        int place = 0;
        for (int a = 1; a < op.places(); a++) {
            for (int b = 0; b < a; b++) {
                float square =
                        ScalarNearestShape.square(
                                state,
                                sample + a * dimensions,
                                precision,
                                state,
                                sample + b * dimensions);
                if (square < closest) {
                    closest = square;
                    place = first ? a : b;
                }
            }
        }
        return place;
    }

    /** The finaliser of SplitMix64 (Steele, Lea and Flood 2014). */
    private static long scramble(long number) {
        long z = (number + 1) * 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
