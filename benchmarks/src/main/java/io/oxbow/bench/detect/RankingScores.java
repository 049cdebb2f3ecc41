package io.oxbow.bench.detect;

import java.util.Arrays;
import java.util.Comparator;

/** How well scores rank labelled rows above the others, whatever the threshold. */
public final class RankingScores {
    private RankingScores() {}

    /**
     * Area under the precision-recall curve as average precision: the sum over thresholds of the
     * gain in recall times the precision. Equal scores are one threshold.
     *
     * @return NaN if no row is labelled
     */
    public static double averagePrecision(double[] scores, boolean[] labels) {
        Integer[] order = descending(scores);
        int positives = count(labels);
        double area = 0;
        int hits = 0;
        int before = 0;
        for (int i = 0; i < order.length; i++) {
            hits += labels[order[i]] ? 1 : 0;
            if (i + 1 == order.length || scores[order[i + 1]] < scores[order[i]]) {
                area += (hits - before) / (double) positives * hits / (i + 1);
                before = hits;
            }
        }
        return positives == 0 ? Double.NaN : area;
    }

    /**
     * Area under the ROC curve: the probability that a labelled row scores above another one, ties
     * counting half.
     *
     * @return NaN if all rows have the same label
     */
    public static double areaUnderRoc(double[] scores, boolean[] labels) {
        Integer[] order = descending(scores);
        int positives = count(labels);
        double negatives = order.length - positives;
        double area = 0;
        int hits = 0;
        int i = 0;
        while (i < order.length) {
            int tiedHits = 0;
            int tiedMisses = 0;
            double score = scores[order[i]];
            for (; i < order.length && scores[order[i]] == score; i++) {
                if (labels[order[i]]) {
                    tiedHits++;
                } else {
                    tiedMisses++;
                }
            }
            area += tiedMisses * (hits + tiedHits / 2.0);
            hits += tiedHits;
        }
        return positives == 0 || negatives == 0 ? Double.NaN : area / (positives * negatives);
    }

    private static Integer[] descending(double[] scores) {
        Integer[] order = new Integer[scores.length];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, Comparator.comparingDouble((Integer i) -> scores[i]).reversed());
        return order;
    }

    private static int count(boolean[] labels) {
        int count = 0;
        for (boolean label : labels) {
            count += label ? 1 : 0;
        }
        return count;
    }
}
