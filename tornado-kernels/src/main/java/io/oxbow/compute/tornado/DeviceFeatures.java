package io.oxbow.compute.tornado;

import io.oxbow.plan.CalendarFeatures;
import io.oxbow.plan.CalendarFeatures.Cycle;
import io.oxbow.plan.ChannelFeatures;
import io.oxbow.plan.Register;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.DoubleArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.arrays.LongArray;

/**
 * {@link CalendarFeatures}, a work-item a cycle of a token, and {@link ChannelFeatures}, a task a
 * register that is copied.
 */
final class DeviceFeatures {

    private DeviceFeatures() {}

    static DeviceOp calendar(CalendarFeatures op) {
        return frame -> {
            int at = 0;
            for (Cycle cycle : op.cycles()) {
                frame.graph()
                        .task(
                                frame.perToken("calendar", 1),
                                DeviceFeatures::cycle,
                                frame.context(),
                                frame.sizes(),
                                frame.eventTimes(),
                                frame.values(op.out()),
                                frame.keep(new double[] {cycle.periodMillis()}),
                                cycle.harmonics(),
                                op.out().width(),
                                at);
                at += 2 * cycle.harmonics();
            }
        };
    }

    static DeviceOp channels(ChannelFeatures op) {
        return frame -> {
            int features = op.features();
            FloatArray out = frame.values(op.out());
            frame.graph()
                    .task(
                            frame.perToken("one", op.channels()),
                            DeviceFeatures::one,
                            frame.context(),
                            frame.sizes(),
                            out,
                            op.channels(),
                            features);
            int at = 1;
            for (Register own : op.own()) {
                int part = own.width() / op.channels();
                copy(frame, own, op, part, op.channels(), at);
                at += part;
            }
            for (Register shared : op.shared()) {
                copy(frame, shared, op, shared.width(), 1, at);
                at += shared.width();
            }
        };
    }

    /**
     * @param owners how many parts {@code from} has: one a channel, or one for all
     */
    private static void copy(
            DeviceFrame frame, Register from, ChannelFeatures op, int part, int owners, int at) {
        frame.graph()
                .task(
                        frame.perToken("feature", op.channels() * part),
                        DeviceFeatures::part,
                        frame.context(),
                        frame.sizes(),
                        frame.values(from),
                        frame.values(op.out()),
                        op.channels(),
                        part,
                        owners,
                        op.features(),
                        at);
    }

    /**
     * @param period (1), milliseconds
     */
    static void cycle(
            KernelContext context,
            IntArray sizes,
            LongArray eventTimes,
            FloatArray out,
            DoubleArray period,
            int harmonics,
            int width,
            int offset) {
        int t = context.globalIdx;
        if (t < sizes.get(DeviceBatch.TOKENS)) {
            // Both are whole numbers below 2^53, so that double loses nothing.
            double turns = eventTimes.get(t) / period.get(0);
            double whole = TornadoMath.floor(turns);
            double phase = (eventTimes.get(t) - whole * period.get(0)) / period.get(0);
            double angle = 6.283185307179586 * phase;
            double cos = TornadoMath.cos(angle);
            double sin = TornadoMath.sin(angle);
            double re = 1;
            double im = 0;
            for (int k = 0; k < harmonics; k++) {
                double turned = re * cos - im * sin;
                im = re * sin + im * cos;
                re = turned;
                out.set(t * width + offset + 2 * k, (float) re);
                out.set(t * width + offset + 2 * k + 1, (float) im);
            }
        }
    }

    static void one(
            KernelContext context, IntArray sizes, FloatArray out, int channels, int features) {
        int item = context.globalIdx;
        if (item / channels < sizes.get(DeviceBatch.TOKENS)) {
            out.set(item * features, 1);
        }
    }

    /**
     * @param in (T, owners, part)
     * @param out (T, channels, features)
     */
    static void part(
            KernelContext context,
            IntArray sizes,
            FloatArray in,
            FloatArray out,
            int channels,
            int part,
            int owners,
            int features,
            int offset) {
        int item = context.globalIdx;
        int row = item / part;
        int t = row / channels;
        if (t < sizes.get(DeviceBatch.TOKENS)) {
            int i = item - row * part;
            int from = t * part + i;
            if (owners > 1) {
                from = item;
            }
            out.set(row * features + offset + i, in.get(from));
        }
    }
}
