package io.oxbow.bench.detect;

/**
 * How a random cut forest is set up and read.
 *
 * @param shingle rows that make one point
 * @param normalised whether the forest scales its input by running moments
 * @param trees in the forest
 * @param sample points a tree holds
 * @param grade whether alerts are judged by the anomaly grade, which is 0 below a threshold that
 *     the library learns; otherwise by the score
 * @param smoothing rows over which the score is averaged for ranking; 1 for none
 */
record ForestSettings(
        int shingle, boolean normalised, int trees, int sample, boolean grade, int smoothing) {
    /** The library's own defaults, read as its examples read them. */
    static final ForestSettings DEFAULTS = new ForestSettings(1, true, 50, 256, true, 1);

    /**
     * Points of eight rows, and for ranking a score averaged over 64: set beforehand by what its
     * users commonly do, not searched for.
     */
    static final ForestSettings SHINGLED = new ForestSettings(8, true, 50, 256, true, 64);
}
