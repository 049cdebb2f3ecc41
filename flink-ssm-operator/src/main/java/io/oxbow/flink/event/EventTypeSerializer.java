package io.oxbow.flink.event;

import java.io.IOException;
import java.io.ObjectStreamException;
import java.io.Serial;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Writes events with their {@link EventCodec}. Immutable.
 *
 * @param <T> the event
 */
public final class EventTypeSerializer<T> extends ImmutableSerializer<T> {
    @Serial private static final long serialVersionUID = 1L;

    private final Class<T> type;
    private final transient EventCodec<T> codec;

    EventTypeSerializer(EventCodec<T> codec) {
        this.type = codec.type();
        this.codec = codec;
    }

    EventCodec<T> codec() {
        return codec;
    }

    @Override
    public void serialize(T event, DataOutputView target) throws IOException {
        codec.writeVersioned(event, target);
    }

    @Override
    public T deserialize(DataInputView source) throws IOException {
        return codec.readVersioned(source);
    }

    @Override
    public EventTypeSerializerSnapshot<T> snapshotConfiguration() {
        return new EventTypeSerializerSnapshot<>(codec);
    }

    @Serial
    private Object readResolve() throws ObjectStreamException {
        return new EventTypeSerializer<>(EventTypes.of(type).codec());
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof EventTypeSerializer<?> other && type == other.type;
    }

    @Override
    public int hashCode() {
        return type.hashCode();
    }
}
