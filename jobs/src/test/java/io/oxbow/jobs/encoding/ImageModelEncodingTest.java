package io.oxbow.jobs.encoding;

import static org.assertj.core.api.Assertions.assertThat;

import io.oxbow.encode.onnx.TinyOnnx;
import io.oxbow.encode.video.FrameEncoder;
import io.oxbow.flink.event.Observation;
import io.oxbow.flink.event.Recording;
import io.oxbow.jobs.EncoderOptions;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import javax.imageio.ImageIO;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pictures encoded in the job by an image model of one's own. */
class ImageModelEncodingTest {
    private static final int DIM = 6;

    @TempDir private Path folder;

    private static byte[] png(long seed) throws Exception {
        BufferedImage image = new BufferedImage(50, 40, BufferedImage.TYPE_INT_RGB);
        Random random = new Random(seed);
        for (int y = 0; y < 40; y++) {
            for (int x = 0; x < 50; x++) {
                image.setRGB(x, y, random.nextInt(1 << 24));
            }
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(image, "png", out);
        return out.toByteArray();
    }

    private static Recording picture(long seq, byte[] bytes) {
        return EncodingHarness.recording("cam", seq, Recording.Kind.PICTURE, "png", 0, 0, bytes);
    }

    @Test
    void picturesAreEncodedAsByTheEncoderAloneThroughACrash() throws Exception {
        Path file =
                Files.write(
                        folder.resolve("own.onnx"),
                        TinyOnnx.embedding(DIM, true, -1, 3, 24, 32).bytes());
        Configuration options = new Configuration();
        options.set(EncoderOptions.MODEL, file.toUri().toString());
        EncodingSettings settings =
                new EncodingSettings(0, 0, Long.MAX_VALUE, 0, FrameEncoderSettings.of(options));
        try (EncodingHarness running = EncodingHarness.open(settings);
                FrameEncoders encoders = FrameEncoders.of(options)) {
            FrameEncoder alone = encoders.create();
            PictureDecoder decoder = new PictureDecoder();
            for (int n = 0; n < 12; n++) {
                if (n == 7) {
                    running.crash();
                }
                byte[] bytes = png(n);
                float[] expected = new float[DIM + 1];
                alone.encode(decoder.decode(bytes), 1000L * n, expected, 0);
                Observation seen = (Observation) running.put(picture(n, bytes)).get(0);
                assertThat(seen.values()).isEqualTo(expected);
                assertThat(seen.encoderHash()).isEqualTo(alone.hash());
            }
        }
    }
}
