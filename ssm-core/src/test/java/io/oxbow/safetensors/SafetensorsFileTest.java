package io.oxbow.safetensors;

import static io.oxbow.safetensors.SafetensorsBytes.file;
import static io.oxbow.safetensors.SafetensorsBytes.sample;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafetensorsFileTest {

    @Test
    void readsTensorsAndMetadata() {
        SafetensorsFile file = SafetensorsFile.read(ByteBuffer.wrap(sample()));

        assertThat(file.metadata()).containsEntry("format", "pt");
        assertThat(file.tensors().keySet()).containsExactly("a", "b");
        assertThat(file.info("a").shape()).isEqualTo(List.of(2, 2));
        assertThat(file.floats("a")).containsExactly(1, -2, 3.5f, 4);
        assertThat(file.doubles("b")).containsExactly(1, -2);
    }

    @Test
    void readsTheSameFromDiskAndFromAStream(@TempDir Path folder) throws IOException {
        Path path = Files.write(folder.resolve("model.safetensors"), sample());

        assertThat(SafetensorsFile.read(path).floats("a")).containsExactly(1, -2, 3.5f, 4);
        assertThat(
                        SafetensorsFile.read(new ByteArrayInputStream(sample()), sample().length)
                                .floats("b"))
                .containsExactly(1, -2);
    }

    @Test
    void aStreamShorterThanItsLengthIsRefused() {
        byte[] bytes = sample();

        assertThatThrownBy(
                        () ->
                                SafetensorsFile.read(
                                        new ByteArrayInputStream(bytes, 0, bytes.length - 3),
                                        bytes.length))
                .isInstanceOf(SafetensorsException.class)
                .hasMessageContaining("ends 3 bytes before");
    }

    @Test
    void everyHalfConvertsExactly() {
        assertThat(HalfFloat.toFloat((short) 0x3c00)).isEqualTo(1f);
        assertThat(HalfFloat.toFloat((short) 0xc000)).isEqualTo(-2f);
        assertThat(HalfFloat.toFloat((short) 0x7bff)).isEqualTo(65504f);
        assertThat(HalfFloat.toFloat((short) 0x0001)).isEqualTo(0x1p-24f);
        assertThat(HalfFloat.toFloat((short) 0x83ff)).isEqualTo(-1023 * 0x1p-24f);
        assertThat(HalfFloat.toFloat((short) 0x8000)).isEqualTo(-0f);
        assertThat(HalfFloat.toFloat((short) 0xfc00)).isEqualTo(Float.NEGATIVE_INFINITY);
        assertThat(HalfFloat.toFloat((short) 0x7e00)).isNaN();
    }

    @Test
    void readsIntegersAndRefusesThemAsFloats() {
        ByteBuffer data = ByteBuffer.allocate(13).order(ByteOrder.LITTLE_ENDIAN);
        data.putLong(-5).putInt(7).put((byte) 0xff);
        SafetensorsFile file =
                SafetensorsFile.read(
                        ByteBuffer.wrap(
                                file(
                                        "{\"l\":{\"dtype\":\"I64\",\"shape\":[],\"data_offsets\":[0,8]},"
                                                + "\"i\":{\"dtype\":\"I32\",\"shape\":[1],\"data_offsets\":[8,12]},"
                                                + "\"u\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[12,13]}}",
                                        data.array())));

        assertThat(file.longs("l")).containsExactly(-5);
        assertThat(file.longs("i")).containsExactly(7);
        assertThat(file.longs("u")).containsExactly(255);
        assertThatThrownBy(() -> file.floats("l"))
                .hasMessage("tensor 'l' is I64, not floating-point numbers");
        assertThatThrownBy(() -> file.floats("missing")).hasMessage("there is no tensor 'missing'");
    }

    /** Each header describes 8 bytes of data wrongly, in its own way. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "[]|the header is an array, not an object",
                "{]|the header is not JSON",
                "{\"a\":1}|is described by a number, not an object",
                "{\"a\":{\"shape\":[2],\"data_offsets\":[0,8]}}|has no dtype",
                "{\"a\":{\"dtype\":\"F31\",\"shape\":[2],\"data_offsets\":[0,8]}}|'F31', which is not supported",
                "{\"a\":{\"dtype\":\"F32\",\"data_offsets\":[0,8]}}|has no shape array",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[-2],\"data_offsets\":[0,8]}}|has the dimension -2",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1.5],\"data_offsets\":[0,8]}}|not whole numbers",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,8]}}|needs 12 bytes but its data_offsets span 8",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2147483647,2147483647,2147483647],\"data_offsets\":[0,8]}}|data_offsets span 8",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[8,0]}}|not [begin, end]",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8,9]}}|not [begin, end]",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}|after a gap",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}|the tensors end at byte 4",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,12]}}|it is cut short",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}|inside the tensor before it",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}|appears twice",
                "{\"__metadata__\":{\"k\":1}}|not a string",
            })
    void refusesAFalseHeaderAndSaysWhy(String header, String reason) {
        assertThatThrownBy(() -> SafetensorsFile.read(ByteBuffer.wrap(file(header, new byte[8]))))
                .isInstanceOf(SafetensorsException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void refusesAHeaderLengthBeyondTheFile() {
        byte[] bytes = sample();
        bytes[7] = (byte) 0x80;

        assertThatThrownBy(() -> SafetensorsFile.read(ByteBuffer.wrap(bytes)))
                .isInstanceOf(SafetensorsException.class)
                .hasMessageContaining("not a safetensors file, or it is cut short");
        assertThatThrownBy(() -> SafetensorsFile.read(ByteBuffer.wrap(new byte[5])))
                .hasMessageContaining("too short");
    }
}
