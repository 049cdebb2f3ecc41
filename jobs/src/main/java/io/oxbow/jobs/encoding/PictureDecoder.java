package io.oxbow.jobs.encoding;

import io.oxbow.encode.video.LumaFrame;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** JPEG and PNG to planes of luma and chroma, by the JDK's own decoders. One thread. */
final class PictureDecoder {
    /** A few bytes can claim to be a picture that no memory holds. */
    private static final long MAX_PIXELS = 40_000_000;

    private LumaFrame frame;
    private int[] row = {};
    private int[] below = {};

    /** The picture, valid until the next call. */
    LumaFrame decode(byte[] bytes) throws RecordingException {
        BufferedImage image = read(bytes);
        int width = image.getWidth();
        int height = image.getHeight();
        if (frame == null || frame.width() != width || frame.height() != height) {
            frame = LumaFrame.allocate(width, height);
            row = new int[width];
            below = new int[width];
        }
        for (int y = 0; y < height; y += 2) {
            image.getRGB(0, y, width, 1, row, 0, width);
            boolean paired = y + 1 < height;
            if (paired) {
                image.getRGB(0, y + 1, width, 1, below, 0, width);
                luma(below, y + 1);
            }
            luma(row, y);
            chroma(row, paired ? below : row, y / 2);
        }
        return frame;
    }

    private static BufferedImage read(byte[] bytes) throws RecordingException {
        try (ImageInputStream in =
                new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
            if (!readers.hasNext()) {
                throw new RecordingException("the picture is neither JPEG nor PNG");
            }
            ImageReader reader = readers.next();
            try {
                reader.setInput(in, true, true);
                long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
                if (pixels > MAX_PIXELS) {
                    throw new RecordingException(
                            "the picture claims to have " + pixels + " pixels");
                }
                return reader.read(0);
            } finally {
                reader.dispose();
            }
        } catch (IOException | RuntimeException e) {
            // The JDK's decoders throw more than IOException for damaged bytes.
            throw new RecordingException("the picture is damaged: " + e.getMessage(), e);
        }
    }

    /** Full-range BT.601, as JPEG has it, in 16ths of bits. */
    private void luma(int[] pixels, int y) {
        byte[] luma = frame.luma();
        int at = y * frame.lumaStride();
        for (int x = 0; x < pixels.length; x++) {
            int p = pixels[x];
            int value = 19595 * (p >> 16 & 0xff) + 38470 * (p >> 8 & 0xff) + 7471 * (p & 0xff);
            luma[at + x] = (byte) (value + 32768 >> 16);
        }
    }

    private void chroma(int[] upper, int[] lower, int chromaRow) {
        int at = chromaRow * frame.chromaStride();
        int width = upper.length;
        for (int x = 0; x < frame.chromaWidth(); x++) {
            int left = 2 * x;
            int right = Math.min(left + 1, width - 1);
            int red = 0;
            int green = 0;
            int blue = 0;
            for (int i = 0; i < 4; i++) {
                int p = (i < 2 ? upper : lower)[i % 2 == 0 ? left : right];
                red += p >> 16 & 0xff;
                green += p >> 8 & 0xff;
                blue += p & 0xff;
            }
            int cb = -11059 * red - 21709 * green + 32768 * blue;
            int cr = 32768 * red - 27439 * green - 5329 * blue;
            frame.chromaBlue()[at + x] = level(cb);
            frame.chromaRed()[at + x] = level(cr);
        }
    }

    /** Of a sum over four pixels. */
    private static byte level(int sum) {
        return (byte) Math.max(0, Math.min(255, 128 + (sum + (1 << 17) >> 18)));
    }
}
