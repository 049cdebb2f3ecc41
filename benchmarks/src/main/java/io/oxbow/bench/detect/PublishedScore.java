package io.oxbow.bench.detect;

import java.util.List;

/**
 * What others have published of a detector on the Numenta benchmark: all 58 files, in percent.
 *
 * @param source where the figures stand
 */
record PublishedScore(
        String detector,
        double standard,
        double lowFalsePositives,
        double lowFalseNegatives,
        String source) {
    private static final String SCOREBOARD = "scoreboard of github.com/numenta/NAB";

    /** The scoreboard, as far as it names more than a baseline. Of HTM the lower ends. */
    static final List<PublishedScore> NAB =
            List.of(
                    new PublishedScore("Numenta HTM", 69.7, 61.7, 74.2, SCOREBOARD),
                    new PublishedScore("CAD OSE", 69.9, 67.0, 73.2, SCOREBOARD),
                    new PublishedScore("KNN CAD", 58.0, 43.4, 64.8, SCOREBOARD),
                    new PublishedScore("Relative Entropy", 54.6, 47.6, 58.8, SCOREBOARD),
                    new PublishedScore("Random Cut Forest", 51.7, 38.4, 59.7, SCOREBOARD),
                    new PublishedScore("Twitter ADVec v1.0.0", 47.1, 33.6, 53.5, SCOREBOARD),
                    new PublishedScore("Windowed Gaussian", 39.6, 20.9, 47.4, SCOREBOARD),
                    new PublishedScore("Etsy Skyline", 35.7, 27.1, 44.5, SCOREBOARD),
                    new PublishedScore("Bayesian Changepoint", 17.7, 3.2, 32.2, SCOREBOARD));

    @Override
    public String toString() {
        return "nab      %-20s standard %.1f, low false positives %.1f, low false negatives %.1f"
                + "  (published, all 58 files: %s)"
                        .formatted(
                                detector, standard, lowFalsePositives, lowFalseNegatives, source);
    }
}
