package io.oxbow.jobs.demo;

import io.oxbow.kafka.EventProducer;
import io.oxbow.kafka.EventTypes;
import io.oxbow.kafka.event.ClockSource;
import io.oxbow.kafka.event.Health;
import io.oxbow.kafka.event.Sample;
import io.oxbow.kafka.event.SensorReading;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A plant's sensor of many channels: slow waves and noise, at irregular times, one value in ten
 * missing, and now and then a channel that leaps.
 */
final class MadeUpSensor implements Feed {
    static final int CHANNELS = 24;

    private static final double MISSING = 0.1;
    private static final int LEAP_EVERY = 700;
    private static final int LEAP_READINGS = 6;

    private final long epoch = System.currentTimeMillis();
    private final SplittableRandom random = new SplittableRandom(2);
    private long timeMillis;
    private long seq;

    MadeUpSensor(long startMillis) {
        this.timeMillis = startMillis;
    }

    /** A reading in every second turn or so. */
    @Override
    public int send(EventProducer producer) throws IOException {
        long step = RenderedCamera.STEP_MILLIS;
        timeMillis += step;
        if (random.nextInt(2) == 0) {
            return 0;
        }
        producer.send(EventTypes.SENSOR_READING, reading(timeMillis - random.nextInt((int) step)));
        return 1;
    }

    private SensorReading reading(long time) {
        ByteBuffer values =
                ByteBuffer.allocate(CHANNELS * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        byte[] mask = new byte[CHANNELS / 8];
        boolean leaps = seq % LEAP_EVERY >= LEAP_EVERY - LEAP_READINGS;
        int leaping = (int) (seq / LEAP_EVERY % CHANNELS);
        for (int channel = 0; channel < CHANNELS; channel++) {
            double wave = Math.sin(time / 60_000.0 / (1 + channel % 5) + channel);
            double value = 20 + channel + wave + 0.1 * random.nextDouble();
            values.putFloat((float) (leaps && channel == leaping ? value + 15 : value));
            // The first channel is always there: a reading of gaps alone would say nothing.
            if (channel == 0 || random.nextDouble() >= MISSING) {
                mask[channel / 8] |= (byte) (1 << channel % 8);
            }
        }
        values.flip();
        return new SensorReading(
                "plant",
                epoch,
                seq++,
                time,
                ClockSource.DEVICE,
                System.currentTimeMillis(),
                CHANNELS,
                List.of(new Sample(0L, ByteBuffer.wrap(mask), values)),
                Health.OK);
    }

    @Override
    public void close() {
        // Nothing is held open.
    }
}
