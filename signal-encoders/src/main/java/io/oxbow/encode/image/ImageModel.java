package io.oxbow.encode.image;

/**
 * A loaded image model. Safe for several threads; whoever loaded it closes it, after its last run.
 */
public interface ImageModel extends AutoCloseable {

    /** What it takes for a picture. */
    ImageShape shape();

    /** Floats that it makes of a picture. */
    int dim();

    /** Pictures that it takes in one run at most. */
    int maxPictures();

    /**
     * Runs it.
     *
     * @param pictures (count, {@link ImageShape#floats}), row-major; not changed
     * @param vectors receives (count, {@link #dim}), row-major, from its beginning
     * @throws ImageModelException if it fails
     */
    void run(float[] pictures, int count, float[] vectors);

    @Override
    void close();
}
