package io.oxbow.flink.event;

import java.io.ObjectStreamException;
import java.io.Serial;
import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;

/**
 * Flink's description of an event. Equal to another exactly if both are of the same class of event.
 *
 * @param <T> the event
 */
public final class EventTypeInfo<T> extends TypeInformation<T> {
    @Serial private static final long serialVersionUID = 1L;

    private final Class<T> type;
    private final transient EventCodec<T> codec;

    EventTypeInfo(EventCodec<T> codec) {
        this.type = codec.type();
        this.codec = codec;
    }

    EventCodec<T> codec() {
        return codec;
    }

    @Override
    public boolean isBasicType() {
        return false;
    }

    @Override
    public boolean isTupleType() {
        return false;
    }

    @Override
    public int getArity() {
        return 1;
    }

    @Override
    public int getTotalFields() {
        return 1;
    }

    @Override
    public Class<T> getTypeClass() {
        return type;
    }

    @Override
    public boolean isKeyType() {
        return false;
    }

    @Override
    public EventTypeSerializer<T> createSerializer(SerializerConfig config) {
        return new EventTypeSerializer<>(codec);
    }

    @Serial
    private Object readResolve() throws ObjectStreamException {
        return EventTypes.of(type);
    }

    @Override
    public boolean canEqual(Object obj) {
        return obj instanceof EventTypeInfo;
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof EventTypeInfo<?> other && type == other.type;
    }

    @Override
    public int hashCode() {
        return type.hashCode();
    }

    @Override
    public String toString() {
        return "EventTypeInfo<" + type.getSimpleName() + ">";
    }
}
