package io.oxbow.bench.digits;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * How many digits are recognised of speakers that the readout has never heard: each speaker in turn
 * is left out, the readout fitted to the others, and everything that can be chosen is chosen by
 * leaving out each of those in turn.
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

    /**
     * What was recognised.
     *
     * @param accuracy share of the utterances, for each hearing
     * @param chosen for each speaker left out, the candidate that served the others best
     */
    record Outcome(Map<Hearing, Double> accuracy, List<String> chosen) {}

    /**
     * Recognises the utterances of each speaker by the candidate, and the penalty, that serve the
     * other speakers best, each of those left out in turn.
     *
     * @param candidates for hearings of one width
     * @param hearings the readout is fitted to the first and evaluated on all
     */
    Outcome evaluate(List<? extends UtteranceFeatures> candidates, List<Hearing> hearings) {
        List<double[][]> fitted = new ArrayList<>();
        for (UtteranceFeatures candidate : candidates) {
            fitted.add(rows(candidate, hearings.get(0)));
        }
        Map<Hearing, Integer> hits = new EnumMap<>(Hearing.class);
        List<String> chosen = new ArrayList<>();
        for (String speaker : speakers) {
            int[] known = indices(u -> !u.speaker().equals(speaker));
            int[] unknown = indices(u -> u.speaker().equals(speaker));
            Choice choice = choice(fitted, speaker);
            UtteranceFeatures features = candidates.get(choice.candidate);
            chosen.add(features.name());
            Fit fit = fit(fitted.get(choice.candidate), known, choice.strength);
            for (Hearing hearing : hearings) {
                hits.merge(hearing, hits(fit, 0, rows(features, hearing), unknown), Integer::sum);
            }
        }
        Map<Hearing, Double> accuracy = new EnumMap<>(Hearing.class);
        hits.forEach((hearing, count) -> accuracy.put(hearing, (double) count / utterances.size()));
        return new Outcome(accuracy, chosen);
    }

    private double[][] rows(UtteranceFeatures features, Hearing hearing) {
        return utterances.stream()
                .map(u -> features.of(hearing.frames(u), hearing.rate()))
                .toArray(double[][]::new);
    }

    private record Choice(int candidate, double strength) {}

    /** What serves the known speakers best, when each is left out in turn. */
    private Choice choice(List<double[][]> candidates, String unknown) {
        Choice best = null;
        int most = -1;
        for (int c = 0; c < candidates.size(); c++) {
            int[] hits = new int[STRENGTHS.length];
            for (String held : speakers) {
                if (held.equals(unknown)) {
                    continue;
                }
                int[] known =
                        indices(u -> !u.speaker().equals(unknown) && !u.speaker().equals(held));
                Fit fit = fit(candidates.get(c), known, STRENGTHS);
                int[] evaluated = indices(u -> u.speaker().equals(held));
                for (int s = 0; s < STRENGTHS.length; s++) {
                    hits[s] += hits(fit, s, candidates.get(c), evaluated);
                }
            }
            for (int s = 0; s < STRENGTHS.length; s++) {
                if (hits[s] > most) {
                    most = hits[s];
                    best = new Choice(c, STRENGTHS[s]);
                }
            }
        }
        return best;
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
