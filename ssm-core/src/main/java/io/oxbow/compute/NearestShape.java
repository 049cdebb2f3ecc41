package io.oxbow.compute;

/** The distance from one shape to the nearest of a sample, for {@code StateNovelty}. */
public interface NearestShape {

    /**
     * The least of {@code sum_i (shape_i - place_i)^2 precision_i} over the places.
     *
     * @param shape (dimensions)
     * @param precision (dimensions)
     * @param sample where {@code (places, dimensions)} begins in {@code state}
     * @param places at least one
     */
    float square(float[] shape, float[] precision, float[] state, int sample, int places);
}
