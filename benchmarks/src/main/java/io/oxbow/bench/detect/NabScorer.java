package io.oxbow.bench.detect;

import io.oxbow.bench.detect.LabelledSeries.RowRange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The score of the Numenta Anomaly Benchmark: one threshold for all files, chosen by the scorer; a
 * detection counts once a window and more the earlier it comes; a false alarm costs more the
 * farther it lies behind the last window. 100 is a perfect detector, 0 one that never speaks.
 *
 * <p>The first 15 % of a file, at most 750 rows, are not scored. Source: Lavin and Ahmad,
 * Evaluating Real-time Anomaly Detection Algorithms (2015), section III, and the benchmark's
 * reference scorer.
 */
public final class NabScorer {
    private static final double PROBATION = 0.15;
    private static final int PROBATION_FILE_ROWS = 5000;

    /**
     * The best score any threshold reaches.
     *
     * @param threshold alarms are rows with at least this anomaly score
     * @param score normalised, 100 for perfect
     * @param detected windows with at least one alarm
     * @param falseAlarms alarms outside every window
     */
    public record Result(
            NabProfile profile,
            double threshold,
            double score,
            int windows,
            int detected,
            int falseAlarms) {}

    /** A row that may raise an alarm; {@code window} is -1 outside every window. */
    private record Alarm(double anomalyScore, int window, double worth) {}

    private final NabProfile profile;
    private final List<Alarm> alarms = new ArrayList<>();
    private int windows;

    public NabScorer(NabProfile profile) {
        this.profile = profile;
    }

    /**
     * Adds a file.
     *
     * @param scores (rows) anomaly scores
     */
    public void add(LabelledSeries series, double[] scores) {
        int rows = series.rows();
        int probation =
                (int) Math.min(Math.floor(PROBATION * rows), PROBATION * PROBATION_FILE_ROWS);
        List<RowRange> ranges = series.anomalies();
        int next = 0;
        RowRange previous = null;
        for (int row = 0; row < rows; row++) {
            while (next < ranges.size() && row > ranges.get(next).last()) {
                previous = ranges.get(next++);
            }
            boolean inside = next < ranges.size() && row >= ranges.get(next).first();
            if (row < probation) {
                continue;
            }
            if (inside) {
                alarms.add(
                        new Alarm(scores[row], windows + next, worthInside(ranges.get(next), row)));
            } else {
                alarms.add(new Alarm(scores[row], -1, worthOutside(previous, row)));
            }
        }
        windows += ranges.size();
    }

    private double worthInside(RowRange window, int row) {
        double position = -(window.last() - row + 1) / (double) window.width();
        return sigmoid(position) / sigmoid(-1) * profile.truePositive();
    }

    private double worthOutside(RowRange previous, int row) {
        if (previous == null) {
            return -profile.falsePositive();
        }
        double position = (row - previous.last()) / (double) (previous.width() - 1);
        return sigmoid(position) * profile.falsePositive();
    }

    /** From 1 at the far left to -1 at the far right; exactly -1 beyond 3. */
    private static double sigmoid(double position) {
        return position > 3 ? -1 : 2 / (1 + Math.exp(5 * position)) - 1;
    }

    /** Sweeps the threshold over all files added so far. */
    public Result best() {
        List<Alarm> sorted = new ArrayList<>(alarms);
        sorted.sort(Comparator.comparingDouble(Alarm::anomalyScore).reversed());
        double[] windowWorth = new double[windows];
        boolean[] seen = new boolean[windows];
        double missed = -profile.falseNegative() * windows;
        double total = missed;
        int detected = 0;
        int falseAlarms = 0;
        Result best = result(Double.POSITIVE_INFINITY, total, 0, 0);
        for (int i = 0; i < sorted.size(); i++) {
            Alarm alarm = sorted.get(i);
            int w = alarm.window();
            if (w < 0) {
                total += alarm.worth();
                falseAlarms++;
            } else if (!seen[w]) {
                seen[w] = true;
                windowWorth[w] = Math.max(alarm.worth(), -profile.falseNegative());
                total += windowWorth[w] + profile.falseNegative();
                detected++;
            } else if (alarm.worth() > windowWorth[w]) {
                total += alarm.worth() - windowWorth[w];
                windowWorth[w] = alarm.worth();
            }
            boolean lastOfEqual =
                    i + 1 == sorted.size()
                            || sorted.get(i + 1).anomalyScore() < alarm.anomalyScore();
            if (lastOfEqual) {
                Result here = result(alarm.anomalyScore(), total, detected, falseAlarms);
                if (here.score() > best.score()) {
                    best = here;
                }
            }
        }
        return best;
    }

    /** The score at a threshold that was chosen elsewhere. */
    public double at(double threshold) {
        double[] windowWorth = new double[windows];
        Arrays.fill(windowWorth, -profile.falseNegative());
        double total = 0;
        for (Alarm alarm : alarms) {
            if (alarm.anomalyScore() < threshold) {
                continue;
            }
            if (alarm.window() < 0) {
                total += alarm.worth();
            } else {
                windowWorth[alarm.window()] = Math.max(windowWorth[alarm.window()], alarm.worth());
            }
        }
        return result(threshold, total + Arrays.stream(windowWorth).sum(), 0, 0).score();
    }

    private Result result(double threshold, double total, int detected, int falseAlarms) {
        double silent = -profile.falseNegative() * windows;
        double perfect = profile.truePositive() * windows;
        double score = windows == 0 ? 0 : 100 * (total - silent) / (perfect - silent);
        return new Result(profile, threshold, score, windows, detected, falseAlarms);
    }
}
