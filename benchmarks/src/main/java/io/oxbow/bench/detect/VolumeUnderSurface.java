package io.oxbow.bench.detect;

import io.oxbow.bench.detect.LabelledSeries.RowRange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * VUS-PR: the area under a precision-recall curve that forgives labels their edges, averaged over
 * how far it forgives, from no row to a window (Paparrizos et al. 2022, Volume Under the Surface,
 * VLDB 15, and the authors' {@code RangeAUC_volume_opt} with 250 thresholds).
 *
 * <pre>
 * label     1 in an anomaly, sqrt(1 - d / w) within w / 2 rows of one, d rows away
 * hits      sum of the labels of the rows at or above the threshold
 * precision hits / rows at or above it
 * recall    min(1, hits / ((P + P') / 2)) * share of the widened anomalies with such a row
 *           P: rows in anomalies, P': those and the labels of the hit rows beside them
 * </pre>
 */
final class VolumeUnderSurface {
    private static final int THRESHOLDS = 250;
    private static final int LONGEST_LAG = 400;
    private static final int USUAL_WINDOW = 125;
    private static final int FIRST_LAG = 3;
    private static final int LONGEST_PERIOD = 300;

    private final boolean[] labels;
    private final List<RowRange> anomalies;
    private final int[] thresholdOf;
    private final double[] predicted = new double[THRESHOLDS];

    private VolumeUnderSurface(double[] scores, List<RowRange> anomalies) {
        int rows = scores.length;
        this.anomalies = anomalies;
        this.labels = new boolean[rows];
        for (RowRange range : anomalies) {
            Arrays.fill(labels, range.first(), range.last() + 1, true);
        }
        this.thresholdOf = new int[rows];
        double[] sorted = scores.clone();
        Arrays.sort(sorted);
        double[] thresholds = new double[THRESHOLDS];
        for (int k = 0; k < THRESHOLDS; k++) {
            int rank = (int) (k * (double) (rows - 1) / (THRESHOLDS - 1));
            thresholds[k] = sorted[rows - 1 - rank];
        }
        for (int row = 0; row < rows; row++) {
            thresholdOf[row] = firstAtMost(thresholds, scores[row]);
            predicted[thresholdOf[row]]++;
        }
        Arrays.parallelPrefix(predicted, Double::sum);
    }

    /**
     * VUS-PR of scores, higher being more anomalous.
     *
     * @param scores (rows), finite
     * @param anomalies in order and apart, at least one
     * @param window rows of the widest forgiveness
     */
    static double precisionRecall(double[] scores, List<RowRange> anomalies, int window) {
        VolumeUnderSurface surface = new VolumeUnderSurface(scores, anomalies);
        double sum = 0;
        for (int w = 0; w <= window; w++) {
            sum += surface.area(w);
        }
        return sum / (window + 1);
    }

    /**
     * The window the authors use: the lag from 3 to 400 with the highest local maximum of the
     * series' autocorrelation, 125 where it is none or not from 6 to 303.
     */
    static int windowOf(double[] values) {
        double mean = Arrays.stream(values).average().orElse(0);
        double[] correlation = new double[Math.min(LONGEST_LAG, values.length - 1) + 1];
        for (int lag = 0; lag < correlation.length; lag++) {
            for (int i = lag; i < values.length; i++) {
                correlation[lag] += (values[i] - mean) * (values[i - lag] - mean);
            }
        }
        int best = -1;
        for (int lag = FIRST_LAG + 1; lag + 1 < correlation.length; lag++) {
            boolean peak =
                    correlation[lag] > correlation[lag - 1]
                            && correlation[lag] > correlation[lag + 1];
            if (peak && (best < 0 || correlation[lag] > correlation[best])) {
                best = lag;
            }
        }
        boolean usable = best >= 2 * FIRST_LAG && best <= LONGEST_PERIOD + FIRST_LAG;
        return usable ? best : USUAL_WINDOW;
    }

    /** Highest thresholds come first; the last is the lowest score. */
    private static int firstAtMost(double[] thresholds, double score) {
        int low = 0;
        int high = thresholds.length - 1;
        while (low < high) {
            int middle = (low + high) / 2;
            if (thresholds[middle] <= score) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    private double area(int window) {
        double[] soft = softened(window);
        List<RowRange> widened = widened(window);
        double[] hits = new double[THRESHOLDS];
        double[] beside = new double[THRESHOLDS];
        double[] found = new double[THRESHOLDS];
        for (RowRange range : widened) {
            int first = THRESHOLDS;
            for (int row = range.first(); row <= range.last(); row++) {
                int k = thresholdOf[row];
                first = Math.min(first, k);
                hits[k] += soft[row];
                beside[k] += labels[row] ? 0 : soft[row];
            }
            if (first < THRESHOLDS) {
                found[first]++;
            }
        }
        double positives = anomalies.stream().mapToInt(RowRange::width).sum();
        double area = 0;
        double before = 0;
        double hit = 0;
        double hitBeside = 0;
        double existing = 0;
        for (int k = 0; k < THRESHOLDS; k++) {
            hit += hits[k];
            hitBeside += beside[k];
            existing += found[k];
            double wanted = (positives + positives + hitBeside) / 2;
            double recall = Math.min(1, hit / wanted) * existing / widened.size();
            area += (recall - before) * hit / predicted[k];
            before = recall;
        }
        return area;
    }

    private double[] softened(int window) {
        int rows = labels.length;
        double[] soft = new double[rows];
        for (RowRange range : anomalies) {
            for (int row = range.first(); row <= range.last(); row++) {
                soft[row] += 1;
            }
            for (int d = 1; d <= window / 2; d++) {
                double label = Math.sqrt(1 - d / (double) window);
                if (range.last() + d < rows) {
                    soft[range.last() + d] += label;
                }
                if (range.first() - d >= 0) {
                    soft[range.first() - d] += label;
                }
            }
        }
        Arrays.setAll(soft, row -> Math.min(1, soft[row]));
        return soft;
    }

    /** The anomalies with half a window on both sides; those that then touch are one. */
    private List<RowRange> widened(int window) {
        int half = window / 2;
        List<RowRange> ranges = new ArrayList<>();
        int first = Math.max(0, anomalies.get(0).first() - half);
        for (int i = 0; i + 1 < anomalies.size(); i++) {
            int last = anomalies.get(i).last() + half;
            int next = anomalies.get(i + 1).first() - half;
            if (last < next) {
                ranges.add(new RowRange(first, last));
                first = next;
            }
        }
        int last = anomalies.get(anomalies.size() - 1).last() + half;
        ranges.add(new RowRange(first, Math.min(last, labels.length - 1)));
        return ranges;
    }
}
