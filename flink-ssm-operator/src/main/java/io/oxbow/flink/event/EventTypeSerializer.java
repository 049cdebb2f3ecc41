package io.oxbow.flink.event;

import java.io.IOException;
import java.io.ObjectStreamException;
import java.io.Serial;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Writes events with their {@link EventCodec}. Immutable, and so are events: copies are the same
 * object.
 *
 * @param <T> the event
 */
public final class EventTypeSerializer<T> extends TypeSerializer<T> {
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
    public boolean isImmutableType() {
        return true;
    }

    @Override
    public TypeSerializer<T> duplicate() {
        return this;
    }

    /** Null: there is no event without content. */
    @Override
    public T createInstance() {
        return null;
    }

    @Override
    public T copy(T from) {
        return from;
    }

    @Override
    public T copy(T from, T reuse) {
        return from;
    }

    @Override
    public int getLength() {
        return -1;
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
    public T deserialize(T reuse, DataInputView source) throws IOException {
        return codec.readVersioned(source);
    }

    @Override
    public void copy(DataInputView source, DataOutputView target) throws IOException {
        codec.writeVersioned(codec.readVersioned(source), target);
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
