package io.oxbow.bench.digits;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * How many digits are recognised of speakers that the readout has never heard: each speaker in turn
 * is left out, the readout fitted to the others at the full rate, and its penalty chosen by leaving
 * out each of those in turn.
 */
final class SpeakerEvaluation {
    private static final double[] STRENGTHS = {0.1, 1, 10, 100, 1e3, 1e4, 1e5};

    private final List<Utterance> utterances;
    private final List<String> speakers;

    SpeakerEvaluation(List<Utterance> utterances) {
        this.utterances = utterances;
        this.speakers = utterances.stream().map(Utterance::speaker).distinct().toList();
    }

    int speakers() {
        return speakers.size();
    }

    int utterances() {
        return utterances.size();
    }

    /** The share of utterances recognised, at each rate. */
    Map<FrameRate, Double> accuracy(UtteranceFeatures features) {
        Map<FrameRate, double[][]> rows = new EnumMap<>(FrameRate.class);
        for (FrameRate rate : FrameRate.values()) {
            rows.put(
                    rate,
                    utterances.stream()
                            .map(u -> features.of(u.frames(), rate))
                            .toArray(double[][]::new));
        }
        double[][] fullRate = rows.get(FrameRate.FULL);
        Map<FrameRate, Integer> hits = new EnumMap<>(FrameRate.class);
        for (String speaker : speakers) {
            int[] known = indices(u -> !u.speaker().equals(speaker));
            int[] unknown = indices(u -> u.speaker().equals(speaker));
            Fit fit = fit(fullRate, known, strength(fullRate, speaker));
            rows.forEach((rate, all) -> hits.merge(rate, hits(fit, 0, all, unknown), Integer::sum));
        }
        Map<FrameRate, Double> accuracy = new EnumMap<>(FrameRate.class);
        hits.forEach((rate, count) -> accuracy.put(rate, (double) count / utterances.size()));
        return accuracy;
    }

    /** The penalty that serves the known speakers best, when each is left out in turn. */
    private double strength(double[][] rows, String unknown) {
        int[] hits = new int[STRENGTHS.length];
        for (String held : speakers) {
            if (held.equals(unknown)) {
                continue;
            }
            int[] known = indices(u -> !u.speaker().equals(unknown) && !u.speaker().equals(held));
            Fit fit = fit(rows, known, STRENGTHS);
            int[] evaluated = indices(u -> u.speaker().equals(held));
            for (int s = 0; s < STRENGTHS.length; s++) {
                hits[s] += hits(fit, s, rows, evaluated);
            }
        }
        int best = 0;
        for (int s = 1; s < STRENGTHS.length; s++) {
            if (hits[s] > hits[best]) {
                best = s;
            }
        }
        return STRENGTHS[best];
    }

    /** Readouts of standardised inputs, one for each strength. */
    private record Fit(Standardiser standardiser, RidgeReadout[] readouts) {}

    private Fit fit(double[][] rows, int[] known, double... strengths) {
        double[][] chosen = new double[known.length][];
        int[] digits = new int[known.length];
        for (int i = 0; i < known.length; i++) {
            chosen[i] = rows[known[i]];
            digits[i] = utterances.get(known[i]).digit();
        }
        Standardiser standardiser = Standardiser.of(chosen);
        return new Fit(
                standardiser,
                RidgeReadout.fit(
                        standardiser.apply(chosen), digits, SpokenDigits.CLASSES, strengths));
    }

    private int hits(Fit fit, int readout, double[][] rows, int[] evaluated) {
        int hits = 0;
        for (int i : evaluated) {
            double[] row = fit.standardiser().apply(rows[i]);
            if (fit.readouts()[readout].classOf(row) == utterances.get(i).digit()) {
                hits++;
            }
        }
        return hits;
    }

    private int[] indices(Predicate<Utterance> wanted) {
        return IntStream.range(0, utterances.size())
                .filter(i -> wanted.test(utterances.get(i)))
                .toArray();
    }
}
