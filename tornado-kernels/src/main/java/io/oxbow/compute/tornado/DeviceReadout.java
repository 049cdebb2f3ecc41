package io.oxbow.compute.tornado;

import io.oxbow.plan.OnlineReadout;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.DoubleArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.arrays.LongArray;

/**
 * {@link OnlineReadout}: a work-item a channel of a stream, which walks the stream's tokens and
 * keeps the covariance as {@code U D U'}, in the scalar reference's own formulas.
 */
final class DeviceReadout implements DeviceOp {
    private final OnlineReadout op;

    DeviceReadout(OnlineReadout op) {
        this.op = op;
    }

    @Override
    public void draw(DeviceFrame frame) {
        int d = op.featureCount();
        double ridgeRoot = Math.sqrt(op.ridge() * (1 - op.forgetting()) * d);
        // Places in a row travel in one array: a task takes 20 parameters.
        IntArray places =
                frame.keep(
                        new int[] {
                            frame.rowFloats(),
                            op.weights().offset(),
                            op.covariance().offset(),
                            op.last().offset(),
                            op.scale().offset(),
                            frame.rowLongs(),
                            op.steps().offset()
                        });
        frame.graph()
                .task(
                        frame.perStream("readout", op.target().width()),
                        DeviceReadout::learn,
                        frame.context(),
                        frame.sizes(),
                        frame.offsets(),
                        frame.slots(),
                        frame.values(op.features()),
                        frame.values(op.target()),
                        frame.values(op.prediction()),
                        frame.values(op.error()),
                        frame.values(op.surprise()),
                        frame.states(),
                        frame.counters(),
                        frame.scratchFloats((long) frame.maxStreams() * op.features().width()),
                        places,
                        frame.keep(
                                new double[] {
                                    op.limit(), op.huber(), op.forgetting(), (float) ridgeRoot
                                }),
                        op.target().width(),
                        d);
        frame.count(op.steps());
    }

    /**
     * @param gain (maxStreams, channels, features), scratch
     * @param places (7): floats of a row; weights, covariance, last, scale; longs of a row; steps
     * @param settings (4): limit, huber, forgetting, root of the ridge
     */
    static void learn(
            KernelContext context,
            IntArray sizes,
            IntArray offsets,
            IntArray slots,
            FloatArray features,
            FloatArray target,
            FloatArray prediction,
            FloatArray errors,
            FloatArray surprise,
            FloatArray states,
            LongArray counters,
            FloatArray gain,
            IntArray places,
            DoubleArray settings,
            int channels,
            int d) {
        int item = context.globalIdx;
        int s = item / channels;
        if (s < sizes.get(DeviceBatch.STREAMS)) {
            int c = item - s * channels;
            int slot = slots.get(s);
            int row = slot * places.get(0);
            int weights = row + places.get(1) + c * d;
            int packed = row + places.get(2) + c * (d * (d + 1) / 2);
            int last = row + places.get(3) + c * d;
            int scaleAt = row + places.get(4) + c;
            int gains = item * d;
            double forgetting = settings.get(2);
            float ridgeRoot = (float) settings.get(3);
            int begin = offsets.get(s);
            int end = offsets.get(s + 1);
            long before = counters.get(slot * places.get(5) + places.get(6));
            for (int t = begin; t < end; t++) {
                int at = t * channels + c;
                long seen = before + (t - begin);
                double predicted = 0;
                for (int i = 0; i < d; i++) {
                    double w = states.get(weights + i);
                    predicted += w * states.get(last + i);
                }
                predicted = DeviceFunctions.within(predicted, settings.get(0));
                double error = target.get(at) - predicted;
                double scale = states.get(scaleAt);
                double spread = DeviceFunctions.atLeast(scale, 0.01);
                prediction.set(at, (float) predicted);
                errors.set(at, (float) error);
                surprise.set(at, (float) (error / spread));
                if (seen > 0) {
                    double bounded = DeviceFunctions.within(error, settings.get(1) * spread);
                    double sum =
                            DeviceCovariance.measure(
                                    states, packed, states, last, forgetting, gain, gains, d);
                    float factor = (float) (bounded / sum);
                    for (int i = 0; i < d; i++) {
                        float w = states.get(weights + i);
                        states.set(weights + i, w + gain.get(gains + i) * factor);
                    }

                    // The ridge measures one weight alone.
                    int restored = (int) (seen % d);
                    sum =
                            DeviceCovariance.measureOne(
                                    states, packed, restored, ridgeRoot, gain, gains, d);
                    double pull = -(double) ridgeRoot * states.get(weights + restored);
                    factor = (float) (pull / sum);
                    for (int i = 0; i < d; i++) {
                        float w = states.get(weights + i);
                        states.set(weights + i, w + gain.get(gains + i) * factor);
                    }

                    double g = DeviceFunctions.weightAfter(seen, 1 - forgetting);
                    double square = scale * scale;
                    double next = square + g * (bounded * bounded - square);
                    states.set(scaleAt, (float) TornadoMath.sqrt(next));
                }
                for (int i = 0; i < d; i++) {
                    states.set(last + i, features.get(at * d + i));
                }
            }
        }
    }
}
