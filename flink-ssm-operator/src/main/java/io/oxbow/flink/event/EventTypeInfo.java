package io.oxbow.flink.event;

import java.io.ObjectStreamException;
import java.io.Serial;
import org.apache.flink.api.common.serialization.SerializerConfig;

/**
 * Flink's description of an event.
 *
 * @param <T> the event
 */
public final class EventTypeInfo<T> extends ValueTypeInfo<T> {
    @Serial private static final long serialVersionUID = 1L;

    private final transient EventCodec<T> codec;

    EventTypeInfo(EventCodec<T> codec) {
        super(codec.type());
        this.codec = codec;
    }

    EventCodec<T> codec() {
        return codec;
    }

    @Override
    public EventTypeSerializer<T> createSerializer(SerializerConfig config) {
        return new EventTypeSerializer<>(codec);
    }

    @Serial
    private Object readResolve() throws ObjectStreamException {
        return EventTypes.of(getTypeClass());
    }
}
