package io.oxbow.ingest.video;

import io.oxbow.encode.video.LumaFrame;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/** Lossless test videos in the YUV4MPEG2 format. */
final class RawVideo {
    private RawVideo() {}

    /** Frames of noise around a moving bar, seeded. */
    static LumaFrame frame(int width, int height, int n) {
        LumaFrame frame = LumaFrame.allocate(width, height);
        new Random(n).nextBytes(frame.luma());
        for (int i = 0; i < frame.luma().length; i++) {
            int base = (i % width + 2 * n) / 8 % 2 == 0 ? 60 : 180;
            frame.luma()[i] = (byte) (base + (frame.luma()[i] & 7));
        }
        java.util.Arrays.fill(frame.chromaBlue(), (byte) (100 + n % 50));
        java.util.Arrays.fill(frame.chromaRed(), (byte) 140);
        return frame;
    }

    static Path write(Path file, int width, int height, int frames, int framesPerSecond)
            throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            String header =
                    "YUV4MPEG2 W%d H%d F%d:1 Ip A1:1 C420jpeg\n"
                            .formatted(width, height, framesPerSecond);
            out.write(header.getBytes(StandardCharsets.US_ASCII));
            for (int n = 0; n < frames; n++) {
                LumaFrame frame = frame(width, height, n);
                out.write("FRAME\n".getBytes(StandardCharsets.US_ASCII));
                out.write(frame.luma());
                out.write(frame.chromaBlue());
                out.write(frame.chromaRed());
            }
        }
        return file;
    }
}
