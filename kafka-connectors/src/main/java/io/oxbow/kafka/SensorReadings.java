package io.oxbow.kafka;

import io.oxbow.flink.event.Health;
import io.oxbow.flink.event.Observation;
import io.oxbow.flink.event.Origin;
import io.oxbow.kafka.event.ElementType;
import io.oxbow.kafka.event.Sample;
import io.oxbow.kafka.event.SensorReading;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** The observations in a sensor's reading: one a sample, consecutively numbered. */
final class SensorReadings {
    /** A sensor's values are the features: no encoder made them. */
    private static final long NO_ENCODER = 0;

    private SensorReadings() {}

    /**
     * @throws EventDecodingException if a sample is malformed or lacks a channel, which no operator
     *     can do without
     */
    static List<Observation> observations(SensorReading reading, Origin origin)
            throws EventDecodingException {
        int channels = reading.getChannels();
        if (channels < 1) {
            throw new EventDecodingException("The reading has " + channels + " channels.");
        }
        Health health = EventParts.health(reading.getHealth());
        List<Observation> observations = new ArrayList<>(reading.getSamples().size());
        long eventTime = reading.getEventTime();
        long seq = reading.getSeq();
        for (Sample sample : reading.getSamples()) {
            eventTime += sample.getDt();
            observations.add(
                    new Observation(
                            reading.getStreamId(),
                            reading.getEpoch(),
                            seq,
                            eventTime,
                            reading.getIngestTime(),
                            NO_ENCODER,
                            values(sample, channels),
                            health,
                            origin));
            seq++;
        }
        if (observations.isEmpty()) {
            throw new EventDecodingException("The reading has no samples.");
        }
        return observations;
    }

    private static float[] values(Sample sample, int channels) throws EventDecodingException {
        long length = sample.getValues().remaining();
        if (length != (long) channels * Float.BYTES) {
            throw new EventDecodingException(
                    "A sample has "
                            + length
                            + " bytes, which is not "
                            + channels
                            + " numbers of F32.");
        }
        ByteBuffer mask = sample.getMask();
        if (mask.hasRemaining()) {
            checkAllPresent(mask, channels);
        }
        return Vectors.floats(ElementType.F32, channels, sample.getValues());
    }

    private static void checkAllPresent(ByteBuffer mask, int channels)
            throws EventDecodingException {
        if (mask.remaining() != (channels + 7) / 8) {
            throw new EventDecodingException(
                    "The mask has " + mask.remaining() + " bytes for " + channels + " channels.");
        }
        for (int channel = 0; channel < channels; channel++) {
            if ((mask.get(mask.position() + channel / 8) >>> channel % 8 & 1) == 0) {
                throw new EventDecodingException(
                        "Channel " + channel + " of a sample is missing; the model needs all.");
            }
        }
    }
}
