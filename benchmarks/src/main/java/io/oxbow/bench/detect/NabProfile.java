package io.oxbow.bench.detect;

/**
 * What a detection, a false alarm and a miss are worth in the Numenta Anomaly Benchmark (Lavin and
 * Ahmad 2015, and the benchmark's own {@code config/profiles.json}).
 */
public enum NabProfile {
    STANDARD(1, 0.11, 1),
    LOW_FALSE_POSITIVES(1, 0.22, 1),
    LOW_FALSE_NEGATIVES(1, 0.11, 2);

    private final double truePositive;
    private final double falsePositive;
    private final double falseNegative;

    NabProfile(double truePositive, double falsePositive, double falseNegative) {
        this.truePositive = truePositive;
        this.falsePositive = falsePositive;
        this.falseNegative = falseNegative;
    }

    double truePositive() {
        return truePositive;
    }

    double falsePositive() {
        return falsePositive;
    }

    double falseNegative() {
        return falseNegative;
    }
}
