package io.oxbow.ingest;

import io.oxbow.encode.Encoder;
import io.oxbow.kafka.event.ClockSource;
import io.oxbow.kafka.event.ElementType;
import io.oxbow.kafka.event.Features;
import io.oxbow.kafka.event.Health;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Numbers one stream's feature vectors and makes events of them. One thread. */
public final class FeatureEvents {
    private final StreamSettings settings;
    private final Encoder encoder;
    private final ClockSource clock;
    private long seq;

    public FeatureEvents(StreamSettings settings, Encoder encoder, ClockSource clock) {
        this.settings = settings;
        this.encoder = encoder;
        this.clock = clock;
    }

    /** The next event of the stream; copies the vector, which begins at {@code offset}. */
    public Features next(long eventTime, float[] vectors, int offset, Health health) {
        int dim = encoder.dim();
        ByteBuffer bytes = ByteBuffer.allocate(dim * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(vectors, offset, dim);
        return new Features(
                settings.streamId(),
                settings.epoch(),
                seq++,
                eventTime,
                clock,
                System.currentTimeMillis(),
                encoder.id(),
                encoder.hash(),
                dim,
                ElementType.F32,
                bytes,
                health);
    }
}
