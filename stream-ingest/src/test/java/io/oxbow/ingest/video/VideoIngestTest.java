package io.oxbow.ingest.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.oxbow.encode.video.LumaMotionEncoder;
import io.oxbow.ingest.CollectingSink;
import io.oxbow.ingest.IngestProgress;
import io.oxbow.ingest.Rate;
import io.oxbow.ingest.SourceException;
import io.oxbow.ingest.StreamSettings;
import io.oxbow.kafka.event.ClockSource;
import io.oxbow.kafka.event.Features;
import io.oxbow.kafka.event.Frame;
import io.oxbow.kafka.event.Health;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VideoIngestTest {
    private static final long START = 1_700_000_000_000L;

    @TempDir private Path folder;

    private VideoIngestSettings settings(Path file, Rate rate, boolean loop, boolean keepsFrames) {
        return new VideoIngestSettings(
                file.toString(),
                new StreamSettings("door", 5, rate),
                VideoOptions.standard(),
                OptionalLong.of(START),
                loop,
                keepsFrames);
    }

    private static VideoIngest ingest(VideoIngestSettings settings, CollectingSink sink) {
        return new VideoIngest(settings, new LumaMotionEncoder(), sink, progress -> {}, note -> {});
    }

    private static float[] vector(Features event) {
        float[] values = new float[event.getDim()];
        event.getVector().duplicate().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
        return values;
    }

    @Test
    void writesTheFeaturesOfEveryFrame() throws IOException {
        Path file = RawVideo.write(folder.resolve("bars.y4m"), 96, 64, 25, 10);
        CollectingSink sink = new CollectingSink();

        IngestProgress done = ingest(settings(file, Rate.MAX, false, false), sink).run();

        List<Features> events = sink.events(Features.class);
        assertThat(events).hasSize(25);
        assertThat(sink.events(Frame.class)).isEmpty();
        assertThat(sink.flushedEvents()).isEqualTo(25);
        LumaMotionEncoder encoder = new LumaMotionEncoder();
        float[] expected = new float[LumaMotionEncoder.DIM];
        for (int n = 0; n < 25; n++) {
            Features event = events.get(n);
            encoder.encode(RawVideo.frame(96, 64, n), START + 100L * n, expected, 0);
            assertThat(vector(event)).isEqualTo(expected);
            assertThat(event.getSeq()).isEqualTo(n);
            assertThat(event.getEventTime()).isEqualTo(START + 100L * n);
        }
        Features first = events.get(0);
        assertThat(first.getStreamId()).isEqualTo("door");
        assertThat(first.getEpoch()).isEqualTo(5);
        assertThat(first.getClockSource()).isEqualTo(ClockSource.MEDIA);
        assertThat(first.getEncoderId()).isEqualTo(LumaMotionEncoder.ID);
        assertThat(first.getEncoderHash()).isEqualTo(encoder.hash());
        assertThat(first.getHealth()).isEqualTo(Health.OK);
        assertThat(done.events()).isEqualTo(25);
        assertThat(done.skipped()).isZero();
        assertThat(done.bytes()).isEqualTo(25 * 256);
        assertThat(done.firstEventTime()).isEqualTo(START);
        assertThat(done.lastEventTime()).isEqualTo(START + 2400);
    }

    @Test
    void writesPicturesOnlyWhereAsked() throws IOException {
        Path file = RawVideo.write(folder.resolve("bars.y4m"), 96, 64, 3, 10);
        CollectingSink sink = new CollectingSink();

        ingest(settings(file, Rate.MAX, false, true), sink).run();

        List<Frame> frames = sink.events(Frame.class);
        assertThat(frames).hasSize(3);
        Frame frame = frames.get(2);
        assertThat(frame.getSeq()).isEqualTo(2);
        assertThat(frame.getEventTime()).isEqualTo(START + 200);
        assertThat(frame.getCodec()).isEqualTo("jpeg");
        BufferedImage image =
                ImageIO.read(new ByteArrayInputStream(frame.getBytes().duplicate().array()));
        assertThat(image.getWidth()).isEqualTo(96);
        assertThat(image.getHeight()).isEqualTo(64);
        // Studio range: luma 60 to 67 is 1.164 (63 - 16) = 55 of grey.
        int green = image.getRGB(1, 20) >> 8 & 0xff;
        int red = image.getRGB(1, 20) >> 16 & 0xff;
        int blue = image.getRGB(1, 20) & 0xff;
        double gray = 0.299 * red + 0.587 * green + 0.114 * blue;
        assertThat(gray).isCloseTo(55, within(12.0));
        assertThat(red).isGreaterThan(green);
        assertThat(green).isGreaterThan(blue);
    }

    @Test
    void aLoopGoesOnInTimeAndNumberUntilStopped() throws Exception {
        Path file = RawVideo.write(folder.resolve("bars.y4m"), 64, 48, 10, 10);
        CollectingSink sink = new CollectingSink();
        VideoIngest ingest = ingest(settings(file, Rate.MAX, true, false), sink);
        List<IOException> failures = new ArrayList<>();
        Thread thread =
                new Thread(
                        () -> {
                            try {
                                ingest.run();
                            } catch (IOException e) {
                                failures.add(e);
                            }
                        });
        thread.start();
        while (sink.events(Features.class).size() < 35) {
            Thread.sleep(5);
        }
        ingest.stop();
        thread.join(10_000);

        assertThat(thread.isAlive()).isFalse();
        assertThat(failures).isEmpty();
        List<Features> events = sink.events(Features.class);
        for (int n = 0; n < events.size(); n++) {
            assertThat(events.get(n).getSeq()).isEqualTo(n);
            assertThat(events.get(n).getEventTime()).isEqualTo(START + 100L * n);
        }
        assertThat(sink.flushedEvents()).isEqualTo(events.size());
    }

    @Test
    void theRealRateTakesAsLongAsItTook() throws IOException {
        Path file = RawVideo.write(folder.resolve("bars.y4m"), 64, 48, 8, 10);
        long start = System.nanoTime();

        ingest(settings(file, Rate.REAL, false, false), new CollectingSink()).run();

        assertThat((System.nanoTime() - start) / 1e9).isGreaterThanOrEqualTo(0.7);
    }

    @Test
    void aFileReadAtOnceEndsNow() throws IOException {
        Path file = RawVideo.write(folder.resolve("bars.y4m"), 64, 48, 50, 10);
        CollectingSink sink = new CollectingSink();
        VideoIngestSettings unset =
                new VideoIngestSettings(
                        file.toString(),
                        new StreamSettings("door", 0, Rate.MAX),
                        VideoOptions.standard().withMaxFramesPerSecond(2),
                        OptionalLong.empty(),
                        false,
                        false);
        long before = System.currentTimeMillis();

        IngestProgress done = ingest(unset, sink).run();

        assertThat(done.events()).isEqualTo(10);
        assertThat(done.lastEventTime()).isBetween(before - 5_000, System.currentTimeMillis());
    }

    @Test
    void aMissingSourceIsSaid() {
        Path none = folder.resolve("none.mp4");
        assertThatThrownBy(
                        () ->
                                ingest(settings(none, Rate.MAX, true, false), new CollectingSink())
                                        .run())
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("There is no file");
    }

    @Test
    void aStreamNeedsAName() {
        assertThatThrownBy(() -> new StreamSettings(" ", 0, Rate.MAX))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new StreamSettings("x".repeat(513), 0, Rate.MAX))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
