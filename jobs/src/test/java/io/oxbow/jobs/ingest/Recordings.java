package io.oxbow.jobs.ingest;

import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;

/** Small recordings made for a test. */
final class Recordings {
    private static final int WIDTH = 96;
    private static final int HEIGHT = 72;

    private Recordings() {}

    /** A noisy view at 10 frames a second, flat from one frame to another; YUV4MPEG2, lossless. */
    static Path video(Path file, int frames, int flatFrom, int flatTo) throws IOException {
        byte[] view = new byte[WIDTH * HEIGHT];
        Random random = new Random(6);
        for (int y = 0; y < HEIGHT; y += 6) {
            for (int x = 0; x < WIDTH; x += 6) {
                int level = 40 + random.nextInt(150);
                for (int row = y; row < y + 6; row++) {
                    Arrays.fill(view, row * WIDTH + x, row * WIDTH + x + 6, (byte) level);
                }
            }
        }
        byte[] chroma = new byte[WIDTH * HEIGHT / 2];
        Arrays.fill(chroma, (byte) 128);
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            out.write(ascii("YUV4MPEG2 W" + WIDTH + " H" + HEIGHT + " F10:1 Ip A1:1 C420jpeg\n"));
            for (int n = 0; n < frames; n++) {
                byte[] luma = view.clone();
                if (n >= flatFrom && n < flatTo) {
                    Arrays.fill(luma, (byte) 30);
                }
                for (int i = 0; i < luma.length; i++) {
                    luma[i] += (byte) random.nextInt(5);
                }
                out.write(ascii("FRAME\n"));
                out.write(luma);
                out.write(chroma);
            }
        }
        return file;
    }

    /** A second of noise, 8 kHz, mono. */
    static Path sound(Path file) throws IOException {
        byte[] samples = new byte[16_000];
        new Random(7).nextBytes(samples);
        AudioFormat format = new AudioFormat(8000, 16, 1, true, false);
        try (AudioInputStream sound =
                new AudioInputStream(new ByteArrayInputStream(samples), format, 8000)) {
            AudioSystem.write(sound, AudioFileFormat.Type.WAVE, file.toFile());
        }
        return file;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
