package io.oxbow.encode.video;

/**
 * One picture in planar YUV 4:2:0, 8 bits a sample. The arrays belong to whoever made the frame and
 * are commonly filled again for the next one: read them at once, keep nothing.
 *
 * @param luma rows of {@code width} samples, {@code lumaStride} bytes apart
 * @param chromaBlue Cb, rows of {@code (width + 1) / 2} samples, or empty for a grey picture
 * @param chromaRed Cr, like {@code chromaBlue}
 * @param fullRange whether black is 0 and white 255, as in JPEG; else 16 and 235, as most cameras
 *     send
 */
public record LumaFrame(
        int width,
        int height,
        byte[] luma,
        int lumaStride,
        byte[] chromaBlue,
        byte[] chromaRed,
        int chromaStride,
        boolean fullRange) {
    private static final byte[] NO_CHROMA = {};

    public LumaFrame {
        requirePlane("luma", luma, width, height, lumaStride);
        if (chromaBlue.length > 0 || chromaRed.length > 0) {
            requirePlane("blue chroma", chromaBlue, half(width), half(height), chromaStride);
            requirePlane("red chroma", chromaRed, half(width), half(height), chromaStride);
        }
    }

    /** A full-range frame with planes of its own, rows close together. */
    public static LumaFrame allocate(int width, int height) {
        int chroma = half(width) * half(height);
        return new LumaFrame(
                width,
                height,
                new byte[width * height],
                width,
                new byte[chroma],
                new byte[chroma],
                half(width),
                true);
    }

    /** A full-range grey picture over the caller's luma plane, rows close together. */
    public static LumaFrame gray(int width, int height, byte[] luma) {
        return new LumaFrame(width, height, luma, width, NO_CHROMA, NO_CHROMA, 0, true);
    }

    public boolean hasChroma() {
        return chromaBlue.length > 0;
    }

    public int chromaWidth() {
        return half(width);
    }

    public int chromaHeight() {
        return half(height);
    }

    private static int half(int samples) {
        return (samples + 1) / 2;
    }

    private static void requirePlane(String name, byte[] plane, int width, int height, int stride) {
        if (width < 1 || height < 1 || stride < width) {
            throw new IllegalArgumentException(
                    "a "
                            + name
                            + " plane of %d x %d with stride %d".formatted(width, height, stride));
        }
        if (plane.length < (long) stride * (height - 1) + width) {
            throw new IllegalArgumentException(
                    "the %s plane has %d bytes, %d x %d with stride %d needs more"
                            .formatted(name, plane.length, width, height, stride));
        }
    }
}
