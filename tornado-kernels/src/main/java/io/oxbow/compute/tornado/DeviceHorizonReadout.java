package io.oxbow.compute.tornado;

import io.oxbow.plan.HorizonReadout;
import io.oxbow.plan.Register;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.DoubleArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.arrays.LongArray;

/**
 * {@link HorizonReadout} in three steps, each of which walks a stream's tokens. The gain of an
 * origin does not depend on the weights, so it comes first and the horizons share it.
 *
 * <pre>
 *   weigh   a work-item a set of weights of a stream: origins, covariance, gains
 *   foresee a work-item a horizon of it: errors, scales, its column of the weights
 *   keep    a work-item a kept value of a channel: the targets that later origins wait for
 * </pre>
 *
 * Constants are the scalar reference's.
 */
final class DeviceHorizonReadout implements DeviceOp {
    private static final int ROW_FLOATS = 0;
    private static final int ROW_LONGS = 1;
    private static final int STEPS = 2;
    private static final int WEIGHTS = 3;
    private static final int COVARIANCE = 4;
    private static final int ORIGINS = 5;
    private static final int VALUES = 6;
    private static final int SCALES = 7;
    private static final int EVERY = 8;
    private static final int WAITING = 9;
    private static final int LEVELS = 10;

    private static final int FORGETTING = 0;
    private static final int RIDGE_ROOT = 1;
    private static final int HUBER = 2;

    /** Of a measurement: the level, the share of the forecast's error, the share of the ridge's. */
    private static final int MEASURED = 3;

    private final HorizonReadout op;

    DeviceHorizonReadout(HorizonReadout op) {
        this.op = op;
    }

    @Override
    public void draw(DeviceFrame frame) {
        int d = op.featureCount();
        int groups = op.groups();
        long measurements = (long) frame.maxTokens() * groups;
        FloatArray psi = frame.scratchFloats(measurements * d);
        FloatArray gains = frame.scratchFloats(measurements * 2 * d);
        FloatArray measured = frame.scratchFloats(measurements * MEASURED);
        IntArray places = frame.keep(places(frame));
        double ridgeRoot = (float) Math.sqrt(op.ridge() * (1 - op.forgetting()) * d);
        DoubleArray settings =
                frame.keep(new double[] {op.forgetting(), ridgeRoot, (float) op.huber()});
        frame.graph()
                .task(
                        frame.perStream("weigh", groups),
                        DeviceHorizonReadout::weigh,
                        frame.context(),
                        frame.sizes(),
                        frame.offsets(),
                        frame.slots(),
                        frame.values(op.features()),
                        frame.states(),
                        frame.counters(),
                        psi,
                        gains,
                        measured,
                        places,
                        settings,
                        op.channels(),
                        groups,
                        op.horizon(),
                        d)
                .task(
                        frame.perStream("foresee", groups * op.horizon()),
                        DeviceHorizonReadout::foresee,
                        frame.context(),
                        frame.sizes(),
                        frame.offsets(),
                        frame.slots(),
                        frame.values(op.target()),
                        frame.states(),
                        frame.counters(),
                        psi,
                        gains,
                        measured,
                        places,
                        settings,
                        op.channels(),
                        groups,
                        op.horizon(),
                        d)
                .task(
                        frame.perStream("keep", op.channels() * op.horizon()),
                        DeviceHorizonReadout::keep,
                        frame.context(),
                        frame.sizes(),
                        frame.offsets(),
                        frame.slots(),
                        frame.values(op.target()),
                        frame.states(),
                        frame.counters(),
                        places,
                        op.channels(),
                        op.horizon());
        last(frame, op.mean(), op.units().offset());
        last(frame, op.deviation(), op.units().offset() + op.channels());
        frame.count(op.steps());
    }

    /** Places in a row and counts travel in one array: a task takes 20 parameters. */
    private int[] places(DeviceFrame frame) {
        int[] places = new int[LEVELS + 1 + op.levels().size()];
        places[ROW_FLOATS] = frame.rowFloats();
        places[ROW_LONGS] = frame.rowLongs();
        places[STEPS] = op.steps().offset();
        places[WEIGHTS] = op.weights().offset();
        places[COVARIANCE] = op.covariance().offset();
        places[ORIGINS] = op.origins().offset();
        places[VALUES] = op.values().offset();
        places[SCALES] = op.scales().offset();
        places[EVERY] = op.every();
        places[WAITING] = op.waiting();
        places[LEVELS] = op.levels().size();
        for (int i = 0; i < op.levels().size(); i++) {
            places[LEVELS + 1 + i] = op.levels().get(i);
        }
        return places;
    }

    private static void last(DeviceFrame frame, Register register, int offset) {
        frame.graph()
                .task(
                        frame.perStream("last", register.width()),
                        DeviceRows::last,
                        frame.context(),
                        frame.sizes(),
                        frame.offsets(),
                        frame.slots(),
                        frame.values(register),
                        frame.states(),
                        register.width(),
                        frame.rowFloats(),
                        offset);
    }

    /**
     * @param features (T, channels, d)
     * @param psi (T, groups, d): of the origin whose last target the token is
     * @param gains (T, groups, 2, d): of that origin and of the ridge
     * @param measured (T, groups, {@link #MEASURED})
     * @param places by the constants above, then the levels
     * @param settings (3): forgetting, root of the ridge, bound of an error in scales
     */
    static void weigh(
            KernelContext context,
            IntArray sizes,
            IntArray offsets,
            IntArray slots,
            FloatArray features,
            FloatArray states,
            LongArray counters,
            FloatArray psi,
            FloatArray gains,
            FloatArray measured,
            IntArray places,
            DoubleArray settings,
            int channels,
            int groups,
            int horizon,
            int d) {
        int item = context.globalIdx;
        int s = item / groups;
        if (s < sizes.get(DeviceBatch.STREAMS)) {
            int g = item - s * groups;
            int slot = slots.get(s);
            int row = slot * places.get(ROW_FLOATS);
            int packed = row + places.get(COVARIANCE) + g * (d * (d + 1) / 2);
            int origins = row + places.get(ORIGINS) + g * d;
            int every = places.get(EVERY);
            int waiting = places.get(WAITING);
            float ridgeRoot = (float) settings.get(RIDGE_ROOT);
            int begin = offsets.get(s);
            int end = offsets.get(s + 1);
            long before = counters.get(slot * places.get(ROW_LONGS) + places.get(STEPS));
            for (int t = begin; t < end; t++) {
                long seen = before + (t - begin);
                long origin = seen - horizon;
                if (origin >= 0 && origin % every == 0) {
                    long number = origin / every;
                    int from = origins + (int) (number % waiting) * groups * d;
                    int at = t * groups + g;
                    float level = states.get(from + places.get(LEVELS + 1));
                    for (int i = 0; i < d; i++) {
                        psi.set(at * d + i, states.get(from + i));
                    }
                    for (int k = 0; k < places.get(LEVELS); k++) {
                        int i = at * d + places.get(LEVELS + 1 + k);
                        psi.set(i, psi.get(i) - level);
                    }
                    int gain = at * 2 * d;
                    double variance =
                            DeviceCovariance.measure(
                                    states,
                                    packed,
                                    psi,
                                    at * d,
                                    settings.get(FORGETTING),
                                    gains,
                                    gain,
                                    d);
                    double restoring =
                            DeviceCovariance.measureOne(
                                    states,
                                    packed,
                                    (int) (number % d),
                                    ridgeRoot,
                                    gains,
                                    gain + d,
                                    d);
                    measured.set(at * MEASURED, level);
                    measured.set(at * MEASURED + 1, (float) (1 / variance));
                    measured.set(at * MEASURED + 2, (float) (1 / restoring));
                }
                if (seen % every == 0) {
                    long number = seen / every;
                    int to = origins + (int) (number % waiting) * groups * d;
                    int c = g;
                    if (groups == 1) {
                        c = (int) (number % channels);
                    }
                    for (int i = 0; i < d; i++) {
                        states.set(to + i, features.get((t * channels + c) * d + i));
                    }
                }
            }
        }
    }

    /**
     * @param target (T, channels)
     * @param psi (T, groups, d), as {@link #weigh} leaves it, and the others too
     */
    static void foresee(
            KernelContext context,
            IntArray sizes,
            IntArray offsets,
            IntArray slots,
            FloatArray target,
            FloatArray states,
            LongArray counters,
            FloatArray psi,
            FloatArray gains,
            FloatArray measured,
            IntArray places,
            DoubleArray settings,
            int channels,
            int groups,
            int horizon,
            int d) {
        int item = context.globalIdx;
        int s = item / (groups * horizon);
        if (s < sizes.get(DeviceBatch.STREAMS)) {
            int g = item / horizon - s * groups;
            int h = item % horizon;
            int slot = slots.get(s);
            int row = slot * places.get(ROW_FLOATS);
            int weights = row + places.get(WEIGHTS) + g * d * horizon + h;
            int every = places.get(EVERY);
            float ridgeRoot = (float) settings.get(RIDGE_ROOT);
            int begin = offsets.get(s);
            int end = offsets.get(s + 1);
            long before = counters.get(slot * places.get(ROW_LONGS) + places.get(STEPS));
            for (int t = begin; t < end; t++) {
                long seen = before + (t - begin);
                long origin = seen - horizon;
                if (origin >= 0 && origin % every == 0) {
                    long number = origin / every;
                    int c = g;
                    long taught = number;
                    if (groups == 1) {
                        c = (int) (number % channels);
                        taught = number / channels;
                    }
                    int at = t * groups + g;
                    float predicted = 0;
                    for (int i = 0; i < d; i++) {
                        predicted += psi.get(at * d + i) * states.get(weights + i * horizon);
                    }

                    int back = horizon - 1 - h;
                    int kept = row + places.get(VALUES) + c * horizon;
                    float outcome = states.get(kept + (int) ((seen - back) % horizon));
                    if (t - back >= begin) {
                        outcome = target.get((t - back) * channels + c);
                    }
                    float error = outcome - measured.get(at * MEASURED) - predicted;

                    int scaleAt = row + places.get(SCALES) + c * horizon + h;
                    float scale = states.get(scaleAt);
                    double share = HorizonReadout.FIRST / (taught + HorizonReadout.AFTER);
                    share = DeviceFunctions.atLeast(share, HorizonReadout.LEAST);
                    float moved = (float) (1 - 2 * share * HorizonReadout.OUTSIDE);
                    if (error > scale || -error > scale) {
                        moved = (float) (1 + 2 * share * (1 - HorizonReadout.OUTSIDE));
                    }
                    moved = scale * moved;
                    float least = (float) HorizonReadout.SMALLEST;
                    states.set(scaleAt, (float) DeviceFunctions.atLeast(moved, least));
                    float spread = (float) DeviceFunctions.atLeast(scale, 0.01f);
                    float most = (float) settings.get(HUBER) * spread;
                    error = (float) DeviceFunctions.within(error, most);

                    float factor = error * measured.get(at * MEASURED + 1);
                    int gain = at * 2 * d;
                    for (int i = 0; i < d; i++) {
                        int w = weights + i * horizon;
                        states.set(w, states.get(w) + gains.get(gain + i) * factor);
                    }
                    float restored = states.get(weights + (int) (number % d) * horizon);
                    factor = -ridgeRoot * restored * measured.get(at * MEASURED + 2);
                    gain += d;
                    for (int i = 0; i < d; i++) {
                        int w = weights + i * horizon;
                        states.set(w, states.get(w) + gains.get(gain + i) * factor);
                    }
                }
            }
        }
    }

    /**
     * @param target (T, channels)
     */
    static void keep(
            KernelContext context,
            IntArray sizes,
            IntArray offsets,
            IntArray slots,
            FloatArray target,
            FloatArray states,
            LongArray counters,
            IntArray places,
            int channels,
            int horizon) {
        int item = context.globalIdx;
        int s = item / (channels * horizon);
        if (s < sizes.get(DeviceBatch.STREAMS)) {
            int c = item / horizon - s * channels;
            int place = item % horizon;
            int slot = slots.get(s);
            int begin = offsets.get(s);
            int end = offsets.get(s + 1);
            long before = counters.get(slot * places.get(ROW_LONGS) + places.get(STEPS));
            // The last token of the batch whose place this is.
            int newest = (int) ((before + (end - begin) - 1 + horizon) % horizon);
            int t = end - 1 - (newest - place + horizon) % horizon;
            if (t >= begin) {
                int at = slot * places.get(ROW_FLOATS) + places.get(VALUES) + c * horizon + place;
                states.set(at, target.get(t * channels + c));
            }
        }
    }
}
