package io.oxbow.bench.detect;

import java.util.List;
import java.util.Locale;

/**
 * How a random cut forest is set up and read.
 *
 * @param shingle rows that make one point
 * @param normalised whether the forest scales its input by running moments
 * @param trees in the forest
 * @param sample points a tree holds
 * @param reading what alerts are judged by
 * @param smoothing rows over which the score is averaged for ranking; 1 for none
 */
record ForestSettings(
        int shingle, boolean normalised, int trees, int sample, Reading reading, int smoothing) {

    /** What alerts are judged by. */
    enum Reading {
        /** The anomaly grade, which is 0 below a threshold that the library learns. */
        GRADE,
        /** The score of the forest. */
        SCORE,
        /**
         * The score where it exceeds those of the {@link #PEAK_ROWS} rows before, else 0: an
         * anomaly is told once, as the built-in model tells it.
         */
        PEAKS
    }

    /** As many rows as the built-in model holds its alerts back for. */
    static final int PEAK_ROWS = 120;

    /** The library's own defaults. */
    static final ForestSettings DEFAULTS = new ForestSettings(1, true, 50, 256, Reading.SCORE, 1);

    /**
     * Points of eight rows, and for ranking a score averaged over 64: set beforehand by what its
     * users commonly do, not searched for.
     */
    static final ForestSettings SHINGLED = new ForestSettings(8, true, 50, 256, Reading.SCORE, 64);

    /** The grid whose best line is stated as a forest's best: these, each read in three ways. */
    static final List<Integer> SHINGLES = List.of(1, 4, 8, 16);

    static List<ForestSettings> readings(int shingle) {
        return List.of(
                new ForestSettings(shingle, true, 50, 256, Reading.GRADE, 16),
                new ForestSettings(shingle, true, 50, 256, Reading.SCORE, 1),
                new ForestSettings(shingle, true, 50, 256, Reading.PEAKS, 64));
    }

    /** For one line of results: shingle, what alerts are judged by, rows a ranking averages. */
    String label() {
        return "rcf/%d/%s/%d"
                .formatted(shingle, reading.name().toLowerCase(Locale.ROOT), smoothing);
    }
}
