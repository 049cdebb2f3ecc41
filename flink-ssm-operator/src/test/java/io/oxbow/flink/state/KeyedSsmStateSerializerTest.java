package io.oxbow.flink.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshotSerializationUtil;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyedSsmStateSerializerTest {
    private static final KeyedSsmStateSerializer SERIALIZER = KeyedSsmStateSerializer.INSTANCE;

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 0", "5, 3", "16384, 1", "16385, 16385", "100000, 40000"})
    void everyBitSurvives(int floats, int longs) throws Exception {
        KeyedSsmState state = state(floats, longs);
        byte[] bytes = bytes(state);
        assertThat(bytes).hasSize(5 + 64 + 4 * floats + 8 * longs);
        DataInputDeserializer in = new DataInputDeserializer(bytes);
        KeyedSsmState read = SERIALIZER.deserialize(in);
        assertThat(in.available()).isZero();
        assertThat(Arrays.equals(read.floats(), state.floats())).isTrue();
        assertThat(read.longs()).isEqualTo(state.longs());
        assertThat(bytes(read)).isEqualTo(bytes);
        assertThat(read)
                .extracting(
                        KeyedSsmState::layoutFingerprint,
                        KeyedSsmState::modelFingerprint,
                        KeyedSsmState::steps,
                        KeyedSsmState::lastEventTime,
                        KeyedSsmState::epoch,
                        KeyedSsmState::lastSeq,
                        KeyedSsmState::seen)
                .containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L);
    }

    @Test
    void aCopySharesNoArrays() throws Exception {
        KeyedSsmState state = state(3, 2);
        byte[] before = bytes(state);
        KeyedSsmState copy = SERIALIZER.copy(state);
        assertThat(bytes(copy)).isEqualTo(before);
        copy.floats()[0] += 1;
        copy.longs()[0] += 1;
        assertThat(bytes(state)).isEqualTo(before);
        assertThat(SERIALIZER.isImmutableType()).isFalse();
    }

    @Test
    void bytesCutShortAreRefused() throws Exception {
        byte[] bytes = bytes(state(9, 2));
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> SERIALIZER.deserialize(new DataInputDeserializer(cut)))
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void anUnknownFormatIsRefusedByNumber() throws Exception {
        byte[] bytes = bytes(state(1, 1));
        bytes[0] = 2;
        assertThatThrownBy(() -> SERIALIZER.deserialize(new DataInputDeserializer(bytes)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("format 2");
    }

    /** Byte 4 ends the length of the rest: one more than the two counts account for. */
    @Test
    void trailingBytesAreRefused() throws Exception {
        byte[] bytes = Arrays.copyOf(bytes(state(2, 1)), bytes(state(2, 1)).length + 1);
        bytes[4]++;
        assertThatThrownBy(() -> SERIALIZER.deserialize(new DataInputDeserializer(bytes)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("damaged");
    }

    /** A length of gigabytes with nothing behind it must not take gigabytes. */
    @Test
    void aHugeLengthIsReadOnlyAsFarAsThereAreBytes() throws Exception {
        DataOutputSerializer out = new DataOutputSerializer(128);
        int floats = 500_000_000;
        out.writeByte(1);
        out.writeInt(64 + 4 * floats);
        for (int i = 0; i < 7; i++) {
            out.writeLong(i);
        }
        out.writeInt(floats);
        out.writeInt(0);
        out.write(new byte[1_000]);
        byte[] bytes = out.getCopyOfBuffer();
        assertThatThrownBy(() -> SERIALIZER.deserialize(new DataInputDeserializer(bytes)))
                .isInstanceOf(IOException.class);
    }

    @Test
    void theSerializerComesBackFromItsSnapshot() throws Exception {
        DataOutputSerializer out = new DataOutputSerializer(64);
        TypeSerializerSnapshotSerializationUtil.writeSerializerSnapshot(
                out, SERIALIZER.snapshotConfiguration());
        byte[] bytes = out.getCopyOfBuffer();
        assertThat(resolve(bytes).isCompatibleAsIs()).isTrue();
        bytes[bytes.length - 1] = 9;
        assertThat(resolve(bytes).isIncompatible()).isTrue();
        assertThat(InstantiationUtil.clone(SERIALIZER)).isSameAs(SERIALIZER);
    }

    private org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility<KeyedSsmState>
            resolve(byte[] bytes) throws IOException {
        TypeSerializerSnapshot<KeyedSsmState> old =
                TypeSerializerSnapshotSerializationUtil.readSerializerSnapshot(
                        new DataInputDeserializer(bytes), getClass().getClassLoader());
        return SERIALIZER.snapshotConfiguration().resolveSchemaCompatibility(old);
    }

    private static KeyedSsmState state(int floats, int longs) {
        Random random = new Random(floats + longs);
        float[] f = new float[floats];
        for (int i = 0; i < floats; i++) {
            f[i] = Float.intBitsToFloat(random.nextInt());
        }
        return new KeyedSsmState(1, 2, 3, 4, 5, 6, 7, f, random.longs(longs).toArray());
    }

    private static byte[] bytes(KeyedSsmState state) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(128);
        SERIALIZER.serialize(state, out);
        return out.getCopyOfBuffer();
    }
}
