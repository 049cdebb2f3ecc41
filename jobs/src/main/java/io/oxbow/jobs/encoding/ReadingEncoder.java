package io.oxbow.jobs.encoding;

import io.oxbow.encode.EncoderIdentity;
import io.oxbow.encode.sensor.LastValues;
import io.oxbow.flink.event.Recording;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Readings with gaps to readings without: the last value of a channel stands in where it is
 * missing. What is no gap stays as it came, so the observations state no encoder.
 */
final class ReadingEncoder implements SignalEncoder {
    private static final long NO_ENCODER = 0;
    private static final String ID = "last-values.v1";

    private LastValues values = new LastValues(1);

    @Override
    public long hash(Recording recording) {
        return hash(recording.channels());
    }

    static long hash(int channels) {
        return EncoderIdentity.hashOf(ID + "x" + channels);
    }

    @Override
    public Encoded encode(Recording recording, float[] references) {
        float[] reading = new float[recording.channels()];
        ByteBuffer.wrap(recording.bytes())
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer()
                .get(reading);
        return fill(reading, references, recording);
    }

    private Encoded fill(float[] reading, float[] references, Recording recording) {
        if (values.channels() != reading.length) {
            values = new LastValues(reading.length);
        }
        float[] last = new float[reading.length];
        values.restore(references == null ? last : references, 0);
        boolean empty = values.fill(reading) == 0;
        values.save(last, 0);
        return new Encoded(NO_ENCODER, empty ? new float[0] : reading, recording.health(), last);
    }
}
