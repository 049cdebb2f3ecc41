package io.oxbow.jobs.encoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

class EncoderStateSerializerTest {
    /** Format 1, as the first release wrote it. */
    private static final byte[] STORED =
            HexFormat.of()
                    .parseHex(
                            "01"
                                    + "0000000000005eed"
                                    + "0000000000000001"
                                    + "0000000000000002"
                                    + "fffffffffffffffd"
                                    + "02"
                                    + "3f800000"
                                    + "7fc00000");

    @Test
    void bytesOfTheFirstFormatAreReadAndWritten() throws Exception {
        DataInputDeserializer in = new DataInputDeserializer(STORED);
        EncoderState state = EncoderStateSerializer.INSTANCE.deserialize(in);

        assertThat(in.available()).isZero();
        assertThat(state.encoderHash()).isEqualTo(0x5eed);
        assertThat(state.epoch()).isEqualTo(1);
        assertThat(state.lastSeq()).isEqualTo(2);
        assertThat(state.lastEventTime()).isEqualTo(-3);
        assertThat(state.references()).containsExactly(1, Float.NaN);
        DataOutputSerializer out = new DataOutputSerializer(64);
        EncoderStateSerializer.INSTANCE.serialize(state, out);
        assertThat(out.getCopyOfBuffer()).isEqualTo(STORED);
    }

    @Test
    void otherFormatsAndCutBytesAreRefused() {
        byte[] later = STORED.clone();
        later[0] = 2;

        assertThatThrownBy(() -> read(later))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("format 2");
        for (int length = 0; length < STORED.length; length++) {
            byte[] cut = Arrays.copyOf(STORED, length);
            assertThatThrownBy(() -> read(cut)).isInstanceOf(IOException.class);
        }
    }

    private static EncoderState read(byte[] bytes) throws IOException {
        return EncoderStateSerializer.INSTANCE.deserialize(new DataInputDeserializer(bytes));
    }
}
