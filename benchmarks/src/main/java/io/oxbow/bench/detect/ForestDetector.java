package io.oxbow.bench.detect;

import com.amazon.randomcutforest.config.TransformMethod;
import com.amazon.randomcutforest.parkservices.AnomalyDescriptor;
import com.amazon.randomcutforest.parkservices.ThresholdedRandomCutForest;
import com.amazon.randomcutforest.parkservices.state.ThresholdedRandomCutForestMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;

/** The random cut forest of Amazon's library, on one thread, each row shown to it once. */
final class ForestDetector implements Detector {
    private final ForestSettings settings;
    private final long seed;
    private final Deadline deadline;

    ForestDetector(ForestSettings settings, long seed, Deadline deadline) {
        this.settings = settings;
        this.seed = seed;
        this.deadline = deadline;
    }

    @Override
    public double[] scores(LabelledSeries series, Purpose purpose) {
        deadline.check();
        ThresholdedRandomCutForest forest = forest(series.channels());
        double[] scores = new double[series.rows()];
        double last = 0;
        double average = 0;
        for (int row = 0; row < scores.length; row++) {
            double[] point = point(series.values()[row]);
            if (point != null) {
                AnomalyDescriptor said = forest.process(point, series.times()[row] / 1000);
                boolean grade = purpose == Purpose.ALERTS && settings.grade();
                last = grade ? said.getAnomalyGrade() : said.getRCFScore();
            }
            average += (last - average) / settings.smoothing();
            scores[row] = purpose == Purpose.RANKING ? average : last;
        }
        return scores;
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
