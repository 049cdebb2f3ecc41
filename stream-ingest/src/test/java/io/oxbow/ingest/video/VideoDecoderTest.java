package io.oxbow.ingest.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.oxbow.encode.video.LumaFrame;
import io.oxbow.encode.video.LumaMotionEncoder;
import io.oxbow.encode.video.PictureHealth;
import io.oxbow.encode.video.TamperInterval;
import io.oxbow.encode.video.TamperIntervals;
import io.oxbow.ingest.SharedData;
import io.oxbow.ingest.SourceException;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VideoDecoderTest {

    private static VideoDecoder open(Path file) throws SourceException {
        return VideoDecoder.open(file.toString(), VideoOptions.standard());
    }

    private static int count(VideoDecoder decoder) throws SourceException {
        long last = -1;
        int frames = 0;
        while (decoder.next()) {
            assertThat(decoder.timeMicros()).isGreaterThan(last);
            last = decoder.timeMicros();
            frames++;
        }
        return frames;
    }

    @ParameterizedTest
    @CsvSource({
        "vtest.avi, 795, 768, 576, 79400000",
        "one-by-one-person-detection.mp4, 1394, 768, 432, 139300000",
        "vtest-tamper.mp4, 700, 768, 576, 69900000"
    })
    void decodesEveryFrameOfARealClip(
            String name, int frames, int width, int height, long lastMicros) throws IOException {
        Path clip = SharedData.require("video/" + name);
        try (VideoDecoder decoder = open(clip)) {
            assertThat(count(decoder)).isEqualTo(frames);
            assertThat(decoder.frame().width()).isEqualTo(width);
            assertThat(decoder.frame().height()).isEqualTo(height);
            assertThat(decoder.timeMicros()).isEqualTo(lastMicros);
            assertThat(decoder.framesPerSecond()).isEqualTo(10);
            assertThat(decoder.brokenFrames()).isZero();
            assertThat(decoder.frameIndex()).isEqualTo(frames - 1);
        }
    }

    @Test
    void thinsToTheWantedRate() throws IOException {
        Path clip = SharedData.require("video/vtest.avi");
        VideoOptions options = VideoOptions.standard().withMaxFramesPerSecond(2);
        try (VideoDecoder decoder = VideoDecoder.open(clip.toString(), options)) {
            assertThat(count(decoder)).isEqualTo(159);
            assertThat(decoder.decodedFrames()).isEqualTo(795);
        }
    }

    @Test
    void skipsAndCountsWhatIsDamaged(@TempDir Path folder) throws IOException {
        byte[] bytes = Files.readAllBytes(SharedData.require("video/vtest.avi"));
        Random random = new Random(9);
        for (int hit = 0; hit < 40; hit++) {
            int at = 500_000 + random.nextInt(4_000_000);
            for (int i = 0; i < 2000; i++) {
                bytes[at + i] = (byte) random.nextInt();
            }
        }
        Path damaged = Files.write(folder.resolve("damaged.avi"), bytes);
        try (VideoDecoder decoder = open(damaged)) {
            int frames = count(decoder);
            assertThat(decoder.brokenFrames()).isPositive();
            assertThat(frames).isBetween(500, 794);
        }
    }

    @Test
    void aTruncatedFileGivesTheFramesItHas(@TempDir Path folder) throws IOException {
        byte[] bytes = Files.readAllBytes(SharedData.require("video/vtest.avi"));
        Path half =
                Files.write(
                        folder.resolve("half.avi"),
                        java.util.Arrays.copyOf(bytes, bytes.length / 2));
        try (VideoDecoder decoder = open(half)) {
            assertThat(count(decoder)).isBetween(300, 500);
        }
    }

    @Test
    void findsTheFiveTampersOfARealClip() throws IOException {
        List<TamperInterval> found = tampers(SharedData.require("video/vtest-tamper.mp4"));

        assertThat(found)
                .extracting(TamperInterval::kind)
                .containsExactly(
                        PictureHealth.COVERED,
                        PictureHealth.DEFOCUSED,
                        PictureHealth.MOVED,
                        PictureHealth.NIGHT,
                        PictureHealth.FROZEN);
        long[] from = {10_000, 22_000, 34_000, 46_000, 56_000};
        for (int i = 0; i < from.length; i++) {
            assertThat(found.get(i).fromMillis()).isBetween(from[i] - 300, from[i] + 300);
            assertThat(found.get(i).toMillis()).isBetween(from[i] + 5700, from[i] + 6300);
        }
    }

    @ParameterizedTest
    @CsvSource({"vtest.avi", "one-by-one-person-detection.mp4"})
    void findsNothingInAnUntamperedClip(String name) throws IOException {
        assertThat(tampers(SharedData.require("video/" + name))).isEmpty();
    }

    @Test
    void convertsPicturesThatAreNotPlanar(@TempDir Path folder) throws IOException {
        BufferedImage image = new BufferedImage(66, 50, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < 50; y++) {
            for (int x = 0; x < 66; x++) {
                image.setRGB(x, y, x < 33 ? 0xff0000 : 0xffffff);
            }
        }
        Path file = folder.resolve("red-and-white.png");
        ImageIO.write(image, "png", file.toFile());
        try (VideoDecoder decoder = open(file)) {
            assertThat(decoder.next()).isTrue();
            LumaFrame frame = decoder.frame();
            // BT.601, studio range: red is (81, 90, 240), white is (235, 128, 128).
            assertThat(frame.luma()[10 * frame.lumaStride() + 10] & 0xff).isBetween(80, 83);
            assertThat(frame.luma()[10 * frame.lumaStride() + 60] & 0xff).isBetween(233, 236);
            assertThat(frame.chromaRed()[5 * frame.chromaStride() + 5] & 0xff).isBetween(238, 241);
            assertThat(frame.chromaBlue()[5 * frame.chromaStride() + 5] & 0xff).isBetween(88, 92);
            assertThat(decoder.next()).isFalse();
        }
    }

    @Test
    void saysWhatIsWrongWithASource(@TempDir Path folder) throws IOException {
        assertThatThrownBy(() -> open(folder.resolve("none.mp4")))
                .isInstanceOf(SourceException.class)
                .hasMessage("There is no file " + folder.resolve("none.mp4") + ".");
        assertThatThrownBy(() -> open(folder))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("is a directory");
        Path text = Files.writeString(folder.resolve("text.mp4"), "no video\n".repeat(1000));
        assertThatThrownBy(() -> open(text))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("is not a video that FFmpeg can read");
        Path empty = Files.createFile(folder.resolve("empty.mp4"));
        assertThatThrownBy(() -> open(empty)).isInstanceOf(SourceException.class);
    }

    @Test
    void saysThatASoundFileHasNoVideo() {
        Path sound = SharedData.require("audio/fsdd");
        assertThatThrownBy(() -> open(firstFile(sound)))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("has no video stream");
    }

    @Test
    void givesUpOnACameraThatDoesNotAnswer() throws IOException {
        try (ServerSocket mute = new ServerSocket(0)) {
            VideoOptions impatient = new VideoOptions(10, Duration.ofMillis(300), false);
            String address = "rtsp://127.0.0.1:" + mute.getLocalPort() + "/cam";
            assertThatThrownBy(() -> VideoDecoder.open(address, impatient))
                    .isInstanceOf(SourceException.class)
                    .hasMessageStartingWith("Cannot open " + address);
        }
    }

    private static Path firstFile(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".wav")).findFirst().orElseThrow();
        }
    }

    private static List<TamperInterval> tampers(Path clip) throws IOException {
        LumaMotionEncoder encoder = new LumaMotionEncoder();
        TamperIntervals intervals = new TamperIntervals();
        float[] features = new float[LumaMotionEncoder.DIM];
        try (VideoDecoder decoder = open(clip)) {
            while (decoder.next()) {
                long millis = decoder.timeMicros() / 1000;
                encoder.encode(decoder.frame(), millis, features, 0);
                intervals.add(
                        decoder.frameIndex(),
                        millis,
                        encoder.health(),
                        encoder.healthSinceMillis());
            }
        }
        return intervals.intervals();
    }
}
