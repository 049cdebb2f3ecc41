package io.oxbow.kafka;

import io.oxbow.kafka.event.DeadLetter;
import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;

/**
 * Flink's description of the values of this package that travel between tasks.
 *
 * @param <T> the value
 */
public final class KafkaTypeInfo<T> extends TypeInformation<T> {
    public static final KafkaTypeInfo<DeadLetter> DEAD_LETTER =
            new KafkaTypeInfo<>(DeadLetter.class, DeadLetterSerializer.INSTANCE);
    public static final KafkaTypeInfo<Decoded> DECODED =
            new KafkaTypeInfo<>(Decoded.class, DecodedSerializer.INSTANCE);

    private static final long serialVersionUID = 1L;

    private final Class<T> type;
    private final TypeSerializer<T> serializer;

    private KafkaTypeInfo(Class<T> type, TypeSerializer<T> serializer) {
        this.type = type;
        this.serializer = serializer;
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
    public TypeSerializer<T> createSerializer(SerializerConfig config) {
        return serializer;
    }

    @Override
    public boolean canEqual(Object obj) {
        return obj instanceof KafkaTypeInfo;
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof KafkaTypeInfo<?> other && type == other.type;
    }

    @Override
    public int hashCode() {
        return type.hashCode();
    }

    @Override
    public String toString() {
        return "KafkaTypeInfo<" + type.getSimpleName() + ">";
    }
}
