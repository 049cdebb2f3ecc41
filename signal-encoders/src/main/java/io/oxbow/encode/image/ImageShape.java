package io.oxbow.encode.image;

/**
 * One picture as a model takes it.
 *
 * @param channels 3 for red, green and blue, 1 for grey
 * @param channelsFirst whether it is (channels, height, width), else (height, width, channels),
 *     both row-major
 */
public record ImageShape(int channels, int height, int width, boolean channelsFirst) {

    public ImageShape {
        if ((channels != 1 && channels != 3) || height < 1 || width < 1) {
            throw new IllegalArgumentException(
                    "no picture has %d channels of %d x %d".formatted(channels, width, height));
        }
    }

    /** Floats of a picture. */
    public int floats() {
        return Math.multiplyExact(Math.multiplyExact(channels, height), width);
    }
}
