package io.oxbow.bench.detect;

import com.amazon.randomcutforest.config.TransformMethod;
import com.amazon.randomcutforest.parkservices.AnomalyDescriptor;
import com.amazon.randomcutforest.parkservices.ThresholdedRandomCutForest;
import com.amazon.randomcutforest.parkservices.state.ThresholdedRandomCutForestMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;
import java.util.Map;

/** The random cut forest of Amazon's library, on one thread, each row shown to it once. */
final class ForestDetector implements Detector {
    private final ForestSettings settings;
    private final long seed;
    private final Deadline deadline;
    private final Map<String, Said> known;

    /** What a forest said of each row of a series; a missing row has what the one before it had. */
    record Said(double[] grades, double[] scores) {}

    ForestDetector(ForestSettings settings, long seed, Deadline deadline) {
        this(settings, seed, deadline, null);
    }

    /**
     * @param known what forests of the same settings but for their reading have said, by the
     *     series' name: read and added to; null to run a forest each time
     */
    ForestDetector(ForestSettings settings, long seed, Deadline deadline, Map<String, Said> known) {
        this.settings = settings;
        this.seed = seed;
        this.deadline = deadline;
        this.known = known;
    }

    @Override
    public double[] scores(LabelledSeries series, Purpose purpose) {
        deadline.check();
        String name = series.name() + "/" + series.channels();
        Said said = known == null ? run(series) : known.computeIfAbsent(name, n -> run(series));
        if (purpose == Purpose.RANKING) {
            return averages(said.scores());
        }
        return switch (settings.reading()) {
            case GRADE -> said.grades().clone();
            case SCORE -> said.scores().clone();
            case PEAKS -> peaks(said.scores());
        };
    }

    private Said run(LabelledSeries series) {
        ThresholdedRandomCutForest forest = forest(series.channels());
        Said said = new Said(new double[series.rows()], new double[series.rows()]);
        double grade = 0;
        double score = 0;
        for (int row = 0; row < series.rows(); row++) {
            double[] point = point(series.values()[row]);
            if (point != null) {
                AnomalyDescriptor found = forest.process(point, series.times()[row] / 1000);
                grade = found.getAnomalyGrade();
                score = found.getRCFScore();
            }
            said.grades()[row] = grade;
            said.scores()[row] = score;
        }
        return said;
    }

    private double[] averages(double[] scores) {
        double[] averages = new double[scores.length];
        double average = 0;
        for (int row = 0; row < scores.length; row++) {
            average += (scores[row] - average) / settings.smoothing();
            averages[row] = average;
        }
        return averages;
    }

    /** Each score that exceeds those of the rows before it; 0 in place of the others. */
    static double[] peaks(double[] scores) {
        double[] peaks = new double[scores.length];
        for (int row = 0; row < scores.length; row++) {
            double highest = 0;
            for (int i = Math.max(0, row - ForestSettings.PEAK_ROWS); i < row; i++) {
                highest = Math.max(highest, scores[i]);
            }
            peaks[row] = scores[row] > highest ? scores[row] : 0;
        }
        return peaks;
    }

    @Override
    public long bytes(LabelledSeries series) {
        ThresholdedRandomCutForest forest = forest(series.channels());
        for (int row = 0; row < series.rows(); row++) {
            forest.process(point(series.values()[row]), series.times()[row] / 1000);
        }
        ByteArrayOutputStream stored = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(stored)) {
            out.writeObject(new ThresholdedRandomCutForestMapper().toState(forest));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return stored.size();
    }

    private ThresholdedRandomCutForest forest(int channels) {
        TransformMethod transform =
                settings.normalised() ? TransformMethod.NORMALIZE : TransformMethod.NONE;
        return ThresholdedRandomCutForest.builder()
                .dimensions(channels * settings.shingle())
                .shingleSize(settings.shingle())
                .numberOfTrees(settings.trees())
                .sampleSize(settings.sample())
                .transformMethod(transform)
                .randomSeed(seed)
                .build();
    }

    /** Null where a value is missing. */
    private static double[] point(float[] values) {
        double[] point = new double[values.length];
        for (int c = 0; c < point.length; c++) {
            point[c] = values[c];
            if (!Double.isFinite(point[c])) {
                return null;
            }
        }
        return point;
    }
}
