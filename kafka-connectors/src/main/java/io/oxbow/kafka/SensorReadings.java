package io.oxbow.kafka;

import io.oxbow.flink.event.Health;
import io.oxbow.flink.event.Observation;
import io.oxbow.flink.event.Origin;
import io.oxbow.flink.event.Recording;
import io.oxbow.flink.event.StreamEvent;
import io.oxbow.kafka.event.ElementType;
import io.oxbow.kafka.event.Sample;
import io.oxbow.kafka.event.SensorReading;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * What is in a sensor's reading: one event a sample, consecutively numbered; an observation of each
 * whole sample, and of one with gaps a recording with NaN in the gaps.
 */
final class SensorReadings {
    /** A sensor's values are the features: no encoder made them. */
    private static final long NO_ENCODER = 0;

    private SensorReadings() {}

    /**
     * @throws EventDecodingException if a sample is malformed
     */
    static List<StreamEvent> events(SensorReading reading, Origin origin)
            throws EventDecodingException {
        int channels = reading.getChannels();
        if (channels < 1) {
            throw new EventDecodingException("The reading has " + channels + " channels.");
        }
        Health health = EventParts.health(reading.getHealth());
        List<StreamEvent> events = new ArrayList<>(reading.getSamples().size());
        long eventTime = reading.getEventTime();
        long seq = reading.getSeq();
        for (Sample sample : reading.getSamples()) {
            eventTime += sample.getDt();
            float[] values = values(sample, channels);
            Observation whole =
                    new Observation(
                            reading.getStreamId(),
                            reading.getEpoch(),
                            seq,
                            eventTime,
                            reading.getIngestTime(),
                            NO_ENCODER,
                            values,
                            health,
                            origin);
            events.add(leaveGaps(sample.getMask(), values) ? withGaps(whole) : whole);
            seq++;
        }
        if (events.isEmpty()) {
            throw new EventDecodingException("The reading has no samples.");
        }
        return events;
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
        float[] values = Vectors.floats(ElementType.F32, channels, sample.getValues());
        ByteBuffer mask = sample.getMask();
        if (mask.hasRemaining() && mask.remaining() != (channels + 7) / 8) {
            throw new EventDecodingException(
                    "The mask has " + mask.remaining() + " bytes for " + channels + " channels.");
        }
        for (int channel = 0; channel < channels; channel++) {
            if (isPresent(mask, channel) && !Float.isFinite(values[channel])) {
                throw new EventDecodingException(
                        "Channel " + channel + " of a sample is " + values[channel] + ".");
            }
        }
        return values;
    }

    private static boolean isPresent(ByteBuffer mask, int channel) {
        return !mask.hasRemaining()
                || (mask.get(mask.position() + channel / 8) >>> channel % 8 & 1) == 1;
    }

    /** Puts NaN where the mask has 0; whether it has. */
    private static boolean leaveGaps(ByteBuffer mask, float[] values) {
        boolean gaps = false;
        for (int channel = 0; channel < values.length; channel++) {
            if (!isPresent(mask, channel)) {
                values[channel] = Float.NaN;
                gaps = true;
            }
        }
        return gaps;
    }

    private static Recording withGaps(Observation sample) {
        return new Recording(
                sample.streamId(),
                sample.epoch(),
                sample.seq(),
                sample.eventTime(),
                sample.ingestTime(),
                Recording.Kind.READING,
                "f32",
                0,
                sample.values().length,
                Vectors.bytes(sample.values()).array(),
                "",
                "",
                sample.health(),
                sample.origin());
    }
}
