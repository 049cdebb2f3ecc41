package io.oxbow.flink.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshotSerializationUtil;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EventTypesTest {

    static List<EventTypeInfo<?>> types() {
        return EventTypes.all();
    }

    @ParameterizedTest
    @MethodSource("types")
    <T> void everySampleSurvivesTheWayThroughBytes(EventTypeInfo<T> type) throws Exception {
        TypeSerializer<T> serializer = type.createSerializer(new SerializerConfigImpl());
        for (T sample : SampleEvents.of(type.getTypeClass())) {
            byte[] bytes = bytes(serializer, sample);
            DataInputDeserializer in = new DataInputDeserializer(bytes);
            T read = serializer.deserialize(in);
            assertThat(in.available()).as("bytes left over").isZero();
            assertThat(read).hasSameClassAs(sample);
            assertThat(EventContent.of(read)).isEqualTo(EventContent.of(sample));

            DataOutputSerializer copied = new DataOutputSerializer(64);
            serializer.copy(new DataInputDeserializer(bytes), copied);
            assertThat(copied.getCopyOfBuffer()).isEqualTo(bytes);
        }
    }

    /** Damaged bytes are an event or an I/O error, never another failure. */
    @ParameterizedTest
    @MethodSource("types")
    <T> void damagedBytesNeverDoWorseThanAnIoError(EventTypeInfo<T> type) throws Exception {
        TypeSerializer<T> serializer = type.createSerializer(new SerializerConfigImpl());
        Random random = new Random(11);
        int refused = 0;
        for (T sample : SampleEvents.of(type.getTypeClass())) {
            byte[] whole = bytes(serializer, sample);
            for (int trial = 0; trial < 500; trial++) {
                byte[] damaged = Arrays.copyOf(whole, random.nextInt(whole.length));
                if (damaged.length > 0) {
                    damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
                }
                try {
                    serializer.deserialize(new DataInputDeserializer(damaged));
                } catch (IOException e) {
                    refused++;
                }
            }
        }
        assertThat(refused).isPositive();
    }

    @ParameterizedTest
    @MethodSource("types")
    <T> void anUnknownVersionIsRefusedByNumber(EventTypeInfo<T> type) throws Exception {
        TypeSerializer<T> serializer = type.createSerializer(new SerializerConfigImpl());
        byte[] bytes = bytes(serializer, SampleEvents.of(type.getTypeClass()).get(0));
        bytes[0] = (byte) 200;
        assertThatThrownBy(() -> serializer.deserialize(new DataInputDeserializer(bytes)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("200");
    }

    @ParameterizedTest
    @MethodSource("types")
    <T> void theSerializerComesBackFromItsSnapshot(EventTypeInfo<T> type) throws Exception {
        TypeSerializer<T> serializer = type.createSerializer(new SerializerConfigImpl());
        DataOutputSerializer out = new DataOutputSerializer(64);
        TypeSerializerSnapshotSerializationUtil.writeSerializerSnapshot(
                out, serializer.snapshotConfiguration());
        var snapshot =
                TypeSerializerSnapshotSerializationUtil.<T>readSerializerSnapshot(
                        new DataInputDeserializer(out.getCopyOfBuffer()),
                        getClass().getClassLoader());
        assertThat(snapshot.restoreSerializer()).isEqualTo(serializer);
        assertThat(
                        serializer
                                .snapshotConfiguration()
                                .resolveSchemaCompatibility(snapshot)
                                .isCompatibleAsIs())
                .isTrue();
    }

    @ParameterizedTest
    @MethodSource("types")
    <T> void flinkFindsTheTypeByItselfAndShipsIt(EventTypeInfo<T> type) throws Exception {
        assertThat(TypeInformation.of(type.getTypeClass())).isSameAs(type);
        assertThat(InstantiationUtil.clone(type)).isSameAs(type);
        TypeSerializer<T> serializer = type.createSerializer(new SerializerConfigImpl());
        T sample = SampleEvents.of(type.getTypeClass()).get(0);
        assertThat(bytes(InstantiationUtil.clone(serializer), sample))
                .isEqualTo(bytes(serializer, sample));
    }

    private static <T> byte[] bytes(TypeSerializer<T> serializer, T event) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64);
        serializer.serialize(event, out);
        return out.getCopyOfBuffer();
    }
}
