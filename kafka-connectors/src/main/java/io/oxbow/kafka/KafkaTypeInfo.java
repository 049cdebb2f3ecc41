package io.oxbow.kafka;

import io.oxbow.flink.event.ValueTypeInfo;
import io.oxbow.kafka.event.DeadLetter;
import java.io.Serial;
import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeutils.TypeSerializer;

/**
 * Flink's description of the values of this package that travel between tasks.
 *
 * @param <T> the value
 */
public final class KafkaTypeInfo<T> extends ValueTypeInfo<T> {
    public static final KafkaTypeInfo<DeadLetter> DEAD_LETTER =
            new KafkaTypeInfo<>(DeadLetter.class, DeadLetterSerializer.INSTANCE);
    public static final KafkaTypeInfo<Decoded> DECODED =
            new KafkaTypeInfo<>(Decoded.class, DecodedSerializer.INSTANCE);

    @Serial private static final long serialVersionUID = 1L;

    private final TypeSerializer<T> serializer;

    private KafkaTypeInfo(Class<T> type, TypeSerializer<T> serializer) {
        super(type);
        this.serializer = serializer;
    }

    @Override
    public TypeSerializer<T> createSerializer(SerializerConfig config) {
        return serializer;
    }
}
