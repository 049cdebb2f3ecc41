package io.oxbow.compute.tornado;

import io.oxbow.plan.Register;
import io.oxbow.plan.StateNovelty;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.DoubleArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.arrays.LongArray;

/**
 * {@link StateNovelty} in three steps.
 *
 * <pre>
 *   shape   a work-item a coefficient of a token             (T, dimensions)
 *   weigh   a work-item a dimension of a stream: its precision     (T, dimensions)
 *   nearest a work-item a stream: distances, then the sample
 * </pre>
 */
final class DeviceNovelty implements DeviceOp {
    private final StateNovelty op;

    DeviceNovelty(StateNovelty op) {
        this.op = op;
    }

    @Override
    public void draw(DeviceFrame frame) {
        int dimensions = op.dimensions();
        long length = (long) frame.maxTokens() * dimensions;
        FloatArray shapes = frame.scratchFloats(length);
        FloatArray precisions = frame.scratchFloats(length);
        shapes(frame, shapes);
        frame.graph()
                .task(
                        frame.perStream("weigh", dimensions),
                        DeviceNovelty::weigh,
                        frame.context(),
                        frame.sizes(),
                        frame.offsets(),
                        frame.slots(),
                        shapes,
                        precisions,
                        frame.states(),
                        frame.counters(),
                        frame.keep(new double[] {op.minWeight()}),
                        dimensions,
                        frame.rowFloats(),
                        op.moments().offset(),
                        frame.rowLongs(),
                        op.steps().offset());
        // Places in a row travel in one array: a task takes 20 parameters.
        IntArray places =
                frame.keep(
                        new int[] {
                            frame.rowFloats(),
                            op.sample().offset(),
                            op.places(),
                            op.waiting().offset(),
                            op.candidates(),
                            frame.rowLongs(),
                            op.steps().offset(),
                            op.every()
                        });
        frame.graph()
                .task(
                        frame.perStream("nearest", 1),
                        DeviceNovelty::nearest,
                        frame.context(),
                        frame.sizes(),
                        frame.offsets(),
                        frame.slots(),
                        shapes,
                        precisions,
                        frame.values(op.out()),
                        frame.states(),
                        frame.counters(),
                        places,
                        dimensions);
        frame.count(op.steps());
    }

    private void shapes(DeviceFrame frame, FloatArray shapes) {
        Register memory = op.memory();
        int order = memory.width() / op.channels();
        int used = Math.min(order, op.coefficients());
        frame.graph()
                .task(
                        frame.perToken("shape", op.channels() * used),
                        DeviceNovelty::leading,
                        frame.context(),
                        frame.sizes(),
                        frame.values(memory),
                        shapes,
                        op.channels(),
                        order,
                        used,
                        op.dimensions());
    }

    /**
     * @param memory (T, channels, order)
     * @param shapes (T, dimensions): {@code used} of each channel
     */
    static void leading(
            KernelContext context,
            IntArray sizes,
            FloatArray memory,
            FloatArray shapes,
            int channels,
            int order,
            int used,
            int dimensions) {
        int item = context.globalIdx;
        int row = item / used;
        int t = row / channels;
        if (t < sizes.get(DeviceBatch.TOKENS)) {
            int i = item - row * used;
            int c = row - t * channels;
            shapes.set(t * dimensions + c * used + i, memory.get(row * order + i));
        }
    }

    /**
     * @param leastWeight (1)
     */
    static void weigh(
            KernelContext context,
            IntArray sizes,
            IntArray offsets,
            IntArray slots,
            FloatArray shapes,
            FloatArray precisions,
            FloatArray states,
            LongArray counters,
            DoubleArray leastWeight,
            int dimensions,
            int rowFloats,
            int offset,
            int rowLongs,
            int stepsOffset) {
        int item = context.globalIdx;
        int s = item / dimensions;
        if (s < sizes.get(DeviceBatch.STREAMS)) {
            int i = item - s * dimensions;
            int slot = slots.get(s);
            int meanAt = slot * rowFloats + offset + i;
            int varianceAt = meanAt + dimensions;
            int begin = offsets.get(s);
            int end = offsets.get(s + 1);
            long before = counters.get(slot * rowLongs + stepsOffset);
            for (int t = begin; t < end; t++) {
                long seen = before + (t - begin);
                float weight = (float) DeviceFunctions.weightAfter(seen, leastWeight.get(0));
                float mean = states.get(meanAt);
                float delta = shapes.get(t * dimensions + i) - mean;
                states.set(meanAt, mean + weight * delta);
                float variance = states.get(varianceAt);
                variance = (1 - weight) * (variance + weight * delta * delta);
                states.set(varianceAt, variance);
                precisions.set(t * dimensions + i, 1 / (variance + 0.001f));
            }
        }
    }

    /**
     * @param places (8): floats of a row; sample, its places; waiting, its candidates; longs of a
     *     row; steps; tokens from candidate to candidate
     */
    static void nearest(
            KernelContext context,
            IntArray sizes,
            IntArray offsets,
            IntArray slots,
            FloatArray shapes,
            FloatArray precisions,
            FloatArray out,
            FloatArray states,
            LongArray counters,
            IntArray places,
            int dimensions) {
        int s = context.globalIdx;
        if (s < sizes.get(DeviceBatch.STREAMS)) {
            int row = slots.get(s) * places.get(0);
            int sample = row + places.get(1);
            int waiting = row + places.get(3);
            int candidates = places.get(4);
            int every = places.get(7);
            int begin = offsets.get(s);
            int end = offsets.get(s + 1);
            long before = counters.get(slots.get(s) * places.get(5) + places.get(6));
            for (int t = begin; t < end; t++) {
                long seen = before + (t - begin);
                int shape = t * dimensions;
                long proposed = (seen + every - 1) / every;
                long kept = proposed - candidates;
                if (kept > places.get(2)) {
                    kept = places.get(2);
                }
                float nearest = Float.MAX_VALUE;
                for (int k = 0; k < kept; k++) {
                    int at = sample + k * dimensions;
                    float sum = 0;
                    for (int i = 0; i < dimensions; i++) {
                        float d = shapes.get(shape + i) - states.get(at + i);
                        sum += d * d * precisions.get(shape + i);
                    }
                    if (sum < nearest) {
                        nearest = sum;
                    }
                }
                float distance = 0;
                if (kept > 0) {
                    distance = TornadoMath.sqrt(nearest / dimensions);
                }
                out.set(t, distance);

                if (seen % every == 0) {
                    long number = seen / every;
                    int to = waiting + (int) (number % candidates) * dimensions;
                    long matured = number - candidates;
                    if (matured >= 0) {
                        long draw = matured;
                        int place = (int) matured;
                        if (matured >= places.get(2)) {
                            draw = ((mixed(matured) >> 1) & Long.MAX_VALUE) % (matured + 1);
                        }
                        if (draw < places.get(2)) {
                            if (matured >= places.get(2)) {
                                // One of the two that lie closest together.
                                long coin = mixed(-matured) & 1;
                                float closest = Float.MAX_VALUE;
                                place = 0;
                                for (int a = 1; a < places.get(2); a++) {
                                    for (int b = 0; b < a; b++) {
                                        float sum = 0;
                                        for (int i = 0; i < dimensions; i++) {
                                            float d =
                                                    states.get(sample + a * dimensions + i)
                                                            - states.get(
                                                                    sample + b * dimensions + i);
                                            sum += d * d * precisions.get(shape + i);
                                        }
                                        if (sum < closest) {
                                            closest = sum;
                                            place = a;
                                            if (coin == 0) {
                                                place = b;
                                            }
                                        }
                                    }
                                }
                            }
                            int taken = sample + place * dimensions;
                            for (int i = 0; i < dimensions; i++) {
                                states.set(taken + i, states.get(to + i));
                            }
                        }
                    }
                    for (int i = 0; i < dimensions; i++) {
                        states.set(to + i, shapes.get(shape + i));
                    }
                }
            }
        }
    }

    /**
     * The finaliser of SplitMix64 (Steele, Lea and Flood 2014), as in the scalar reference. The
     * device shifts signs along, so that they are masked away.
     */
    private static long mixed(long number) {
        long z = (number + 1) * -7046029254386353131L;
        z = (z ^ ((z >> 30) & 0x3FFFFFFFFL)) * -4658895280553007687L;
        z = (z ^ ((z >> 27) & 0x1FFFFFFFFFL)) * -7723592293110705685L;
        return z ^ ((z >> 31) & 0x1FFFFFFFFL);
    }
}
