package io.oxbow.ingest.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.oxbow.encode.audio.LogMelEncoder;
import io.oxbow.ingest.CollectingSink;
import io.oxbow.ingest.IngestProgress;
import io.oxbow.ingest.Rate;
import io.oxbow.ingest.SharedData;
import io.oxbow.ingest.SourceException;
import io.oxbow.ingest.StreamSettings;
import io.oxbow.kafka.event.Features;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.OptionalLong;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AudioIngestTest {
    @TempDir private Path folder;

    private final CollectingSink sink = new CollectingSink();

    private IngestProgress ingest(Path file, long chunkMillis) throws IOException {
        AudioIngestSettings settings =
                new AudioIngestSettings(
                        file.toString(),
                        new StreamSettings("mic", 1, Rate.MAX),
                        Duration.ofMillis(chunkMillis),
                        OptionalLong.of(50_000));
        return new AudioIngest(settings, sink, progress -> {}).run();
    }

    private Path tone(int rate, int channels, int bits, int samples) throws IOException {
        byte[] bytes = new byte[samples * channels * bits / 8];
        int at = 0;
        for (int i = 0; i < samples; i++) {
            double value = 0.5 * Math.sin(2 * Math.PI * 500 * i / rate);
            for (int channel = 0; channel < channels; channel++) {
                long whole = Math.round(value * ((1L << bits - 1) - 1));
                whole = bits == 8 ? whole + 128 : whole;
                for (int shift = 0; shift < bits; shift += 8) {
                    bytes[at++] = (byte) (whole >> shift);
                }
            }
        }
        AudioFormat format =
                new AudioFormat(
                        bits == 8
                                ? AudioFormat.Encoding.PCM_UNSIGNED
                                : AudioFormat.Encoding.PCM_SIGNED,
                        rate,
                        bits,
                        channels,
                        channels * bits / 8,
                        rate,
                        false);
        Path file = folder.resolve("tone.wav");
        AudioSystem.write(
                new AudioInputStream(new ByteArrayInputStream(bytes), format, samples),
                AudioFileFormat.Type.WAVE,
                file.toFile());
        return file;
    }

    @Test
    void lastsAsLongAsThereIsSoundWhateverTheHeaderSays() throws IOException {
        Path whole = tone(8000, 1, 16, 8000);
        byte[] bytes = Files.readAllBytes(whole);
        Path cut = Files.write(folder.resolve("cut.wav"), Arrays.copyOf(bytes, 44 + 4000));
        Arrays.fill(bytes, 4, 8, (byte) 0xff);
        Arrays.fill(bytes, 40, 44, (byte) 0xff);
        Path streamed = Files.write(folder.resolve("streamed.wav"), bytes);

        assertThat(millis(whole)).isEqualTo(1000);
        assertThat(millis(streamed)).isBetween(1000L, 1010L);
        assertThat(millis(cut)).isBetween(250L, 260L);
    }

    private static long millis(Path file) throws IOException {
        try (WavReader reader = WavReader.open(file.toString())) {
            return reader.durationMillis();
        }
    }

    @ParameterizedTest
    @CsvSource({"8000, 1, 16", "16000, 2, 16", "44100, 2, 24", "16000, 1, 8", "48000, 1, 32"})
    void encodesChunkAfterChunk(int rate, int channels, int bits) throws IOException {
        IngestProgress done = ingest(tone(rate, channels, bits, rate + rate / 10), 250);

        assertThat(done.events()).isEqualTo(4);
        var events = sink.events(Features.class);
        for (int n = 0; n < 4; n++) {
            assertThat(events.get(n).getSeq()).isEqualTo(n);
            assertThat(events.get(n).getEventTime()).isEqualTo(50_000 + 250L * n);
            assertThat(events.get(n).getDim()).isEqualTo(43);
            assertThat(events.get(n).getEncoderHash()).isEqualTo(new LogMelEncoder(rate).hash());
            float level =
                    events.get(n)
                            .getVector()
                            .duplicate()
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .getFloat(160);
            assertThat((double) level).isCloseTo(1 + Math.log10(0.125) / 10, within(0.01));
        }
    }

    @Test
    void readsARealVoice() throws IOException {
        Path folderOfVoices = SharedData.require("audio/fsdd");
        Path voice;
        try (var files = Files.walk(folderOfVoices)) {
            voice =
                    files.filter(f -> f.toString().endsWith(".wav"))
                            .sorted()
                            .findFirst()
                            .orElseThrow();
        }

        assertThat(ingest(voice, 100).events()).isBetween(1L, 40L);
    }

    @Test
    void saysWhatIsNoSound() throws IOException {
        Path text = Files.writeString(folder.resolve("text.wav"), "no sound");
        assertThatThrownBy(() -> ingest(text, 250))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("is not a sound that can be read");
        assertThatThrownBy(() -> ingest(folder.resolve("none.wav"), 250))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("There is no file");
        assertThatThrownBy(() -> ingest(text, 5)).isInstanceOf(IllegalArgumentException.class);
    }
}
