package io.oxbow.ingest.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.oxbow.ingest.SourceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Sound files as they are met, sound and damaged. */
class WavFormatsTest {
    private static final int SAMPLES = 2000;

    @TempDir private Path folder;

    private WavReader open(byte[] bytes) throws IOException {
        return WavReader.open(Files.write(folder.resolve("s.wav"), bytes).toString());
    }

    private void assertTone(byte[] file, int rate, int samples) throws IOException {
        try (WavReader reader = open(file)) {
            assertThat(reader.sampleRate()).isEqualTo(rate);
            float[] read = new float[samples + 50];
            assertThat(reader.read(read, read.length)).isEqualTo(samples);
            for (int i = 0; i < samples; i++) {
                double tone = 0.5 * Math.sin(2 * Math.PI * 500 * i / rate);
                assertThat((double) read[i]).as("sample %d", i).isCloseTo(tone, within(0.01));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1, 8000, 1, 8",
        "1, 11025, 1, 16",
        "1, 12345, 2, 16",
        "1, 22050, 2, 24",
        "1, 44100, 1, 32",
        "1, 48000, 6, 16",
        "3, 16000, 1, 32",
        "3, 44100, 2, 32",
        "3, 16000, 1, 64",
        "65534, 48000, 2, 16",
        "65534, 96000, 1, 24",
        "65534, 16000, 6, 16"
    })
    void readsWhatProgramsWrite(int format, int rate, int channels, int bits) throws IOException {
        assertTone(new WavBytes(format, rate, channels, bits).tone(SAMPLES), rate, SAMPLES);
        assertTone(
                new WavBytes(format, rate, channels, bits).withChunk(27).tone(SAMPLES),
                rate,
                SAMPLES);
    }

    @Test
    void aFileCutShortGivesWhatIsThere() throws IOException {
        byte[] whole = new WavBytes(WavBytes.PCM, 8000, 1, 16).tone(SAMPLES);

        assertTone(Arrays.copyOf(whole, 44 + 2 * 700 + 1), 8000, 700);
    }

    @ParameterizedTest
    @MethodSource("unknownLengths")
    void aStreamSavedWithoutItsLengthIsReadToItsEnd(long stated) throws IOException {
        assertTone(
                new WavBytes(WavBytes.PCM, 8000, 1, 16).stating(stated).tone(SAMPLES),
                8000,
                SAMPLES);
    }

    static Stream<Long> unknownLengths() {
        return Stream.of(0xffffffffL, 0x7fffffffL, 0x7ffff000L);
    }

    @ParameterizedTest
    @MethodSource("noSounds")
    void saysWhatIsNoSound(String name, byte[] bytes) {
        assertThatThrownBy(() -> open(bytes).close())
                .as(name)
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("s.wav");
    }

    static Stream<Arguments> noSounds() {
        byte[] good = new WavBytes(WavBytes.PCM, 8000, 1, 16).tone(SAMPLES);
        byte[] text = "time,value\n1,2\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        return Stream.of(
                Arguments.of("empty", new byte[0]),
                Arguments.of("one byte", new byte[] {82}),
                Arguments.of("cut in its header", Arrays.copyOf(good, 30)),
                Arguments.of("cut before its samples", Arrays.copyOf(good, 36)),
                Arguments.of("text", text),
                Arguments.of("noise", noise()),
                Arguments.of("no channels", new WavBytes(WavBytes.PCM, 8000, 0, 16).tone(9)),
                Arguments.of("no rate", new WavBytes(WavBytes.PCM, 0, 1, 16).tone(9)),
                Arguments.of("4 bits", with(good, 34, 4)),
                Arguments.of("MP3 inside", with(good, 20, 0x55)));
    }

    private static byte[] with(byte[] file, int at, int value) {
        byte[] changed = file.clone();
        changed[at] = (byte) value;
        return changed;
    }

    private static byte[] noise() {
        byte[] bytes = new byte[5000];
        new java.util.Random(4).nextBytes(bytes);
        return bytes;
    }
}
