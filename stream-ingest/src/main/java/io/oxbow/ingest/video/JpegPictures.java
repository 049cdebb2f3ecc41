package io.oxbow.ingest.video;

import io.oxbow.encode.video.LumaFrame;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Optional;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * Writes pictures as JPEG of bounded size, at the best quality that fits. The picture is taken for
 * BT.601. One thread.
 */
final class JpegPictures {
    /** What an event may carry inline. */
    static final int MAX_BYTES = 512 * 1024;

    private static final float[] QUALITIES = {0.85f, 0.6f, 0.35f, 0.1f};

    private BufferedImage image;

    /** The JPEG bytes; empty if the picture does not fit at any quality. */
    Optional<byte[]> encode(LumaFrame frame) throws IOException {
        paint(frame);
        for (float quality : QUALITIES) {
            byte[] bytes = write(quality);
            if (bytes.length <= MAX_BYTES) {
                return Optional.of(bytes);
            }
        }
        return Optional.empty();
    }

    private byte[] write(float quality) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 16);
        try (ImageOutputStream output = new MemoryCacheImageOutputStream(bytes)) {
            ImageWriteParam parameters = writer.getDefaultWriteParam();
            parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            parameters.setCompressionQuality(quality);
            writer.setOutput(output);
            writer.write(null, new IIOImage(image, null, null), parameters);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    private void paint(LumaFrame frame) {
        int width = frame.width();
        int height = frame.height();
        if (image == null || image.getWidth() != width || image.getHeight() != height) {
            image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        }
        int[] pixels = ((DataBufferInt) image.getRaster().getDataBuffer()).getData();
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int luma = frame.luma()[y * frame.lumaStride() + x] & 0xff;
                int blue = 0;
                int red = 0;
                if (frame.hasChroma()) {
                    int chroma = y / 2 * frame.chromaStride() + x / 2;
                    blue = (frame.chromaBlue()[chroma] & 0xff) - 128;
                    red = (frame.chromaRed()[chroma] & 0xff) - 128;
                }
                pixels[y * width + x] =
                        frame.fullRange() ? full(luma, blue, red) : studio(luma, blue, red);
            }
        }
    }

    /** BT.601, full range, in 256ths. */
    private static int full(int luma, int blue, int red) {
        return rgb(
                256 * luma + 359 * red,
                256 * luma - 88 * blue - 183 * red,
                256 * luma + 454 * blue);
    }

    /** BT.601, studio range to full range, in 256ths. */
    private static int studio(int luma, int blue, int red) {
        int gray = 298 * (luma - 16);
        return rgb(gray + 409 * red, gray - 100 * blue - 208 * red, gray + 516 * blue);
    }

    private static int rgb(int red, int green, int blue) {
        return clamp(red + 128 >> 8) << 16 | clamp(green + 128 >> 8) << 8 | clamp(blue + 128 >> 8);
    }

    private static int clamp(int level) {
        return Math.max(0, Math.min(255, level));
    }
}
