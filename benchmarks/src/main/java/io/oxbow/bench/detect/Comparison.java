package io.oxbow.bench.detect;

import io.oxbow.bench.detect.Detector.Purpose;
import io.oxbow.jobs.cli.OutputOptions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.ToDoubleFunction;

/** Scores one contender on collections of labelled series and prints the results. */
final class Comparison {
    /** Rows a second are measured on: a wave with noise, this many of them. */
    private static final int TIMED_ROWS = 20_000;

    private static final int[] TIMED_CHANNELS = {1, 16};
    private static final double LEAST_SECONDS = 2;

    /** One line of results on the Numenta benchmark; means over the seeds. */
    record NabLine(
            String corpus,
            String detector,
            int seeds,
            String profile,
            int files,
            int windows,
            double detected,
            double falseAlarms,
            double score,
            double lowestScore,
            double highestScore,
            double scoreOfEvenFiles,
            double scoreOfOddFiles) {}

    /** One line of results where rows are ranked; means over the files, then over the seeds. */
    record RankingLine(
            String corpus,
            String detector,
            int seeds,
            int files,
            double meanAveragePrecision,
            double meanAreaUnderRoc,
            double meanVusPr) {}

    /** How fast, and how much is kept of a stream. */
    record SpeedLine(String detector, int channels, double eventsPerSecond, long bytesPerStream) {}

    private record Halves(NabScorer.Result all, double even, double odd) {}

    private record Ranked(double precision, double roc, double volume) {}

    private final Contender contender;
    private final OutputOptions output;

    Comparison(Contender contender, OutputOptions output) {
        this.contender = contender;
        this.output = output;
    }

    /** The Numenta benchmark's three profiles. */
    void alerts(String corpus, List<LabelledSeries> files) {
        List<List<double[]>> scores = new ArrayList<>();
        for (Detector detector : contender.detectors()) {
            scores.add(scored(corpus, files, detector, Purpose.ALERTS));
        }
        for (NabProfile profile : NabProfile.values()) {
            List<Halves> seeds = scores.stream().map(s -> halves(profile, files, s)).toList();
            NabLine line =
                    new NabLine(
                            corpus,
                            contender.name(),
                            seeds.size(),
                            profile.name().toLowerCase(Locale.ROOT),
                            files.size(),
                            seeds.get(0).all().windows(),
                            mean(seeds, s -> s.all().detected()),
                            mean(seeds, s -> s.all().falseAlarms()),
                            mean(seeds, s -> s.all().score()),
                            seeds.stream().mapToDouble(s -> s.all().score()).min().orElseThrow(),
                            seeds.stream().mapToDouble(s -> s.all().score()).max().orElseThrow(),
                            mean(seeds, Halves::even),
                            mean(seeds, Halves::odd));
            output.result(line, text(line));
        }
    }

    private static String text(NabLine line) {
        return ("%-8s %-9s %-22s %5.1f  (%.0f of %d windows, %.0f false alarms, %d files; every"
                        + " second file %.1f, the others %.1f; seeds from %.1f to %.1f)")
                .formatted(
                        line.corpus(),
                        line.detector(),
                        line.profile(),
                        line.score(),
                        line.detected(),
                        line.windows(),
                        line.falseAlarms(),
                        line.files(),
                        line.scoreOfEvenFiles(),
                        line.scoreOfOddFiles(),
                        line.lowestScore(),
                        line.highestScore());
    }

    private static Halves halves(
            NabProfile profile, List<LabelledSeries> files, List<double[]> scored) {
        NabScorer scorer = new NabScorer(profile);
        NabScorer[] halves = {new NabScorer(profile), new NabScorer(profile)};
        for (int i = 0; i < files.size(); i++) {
            scorer.add(files.get(i), scored.get(i));
            halves[i % 2].add(files.get(i), scored.get(i));
        }
        NabScorer.Result best = scorer.best();
        return new Halves(best, halves[0].at(best.threshold()), halves[1].at(best.threshold()));
    }

    /** Average precision, area under the ROC curve, and VUS-PR. */
    void ranking(String corpus, List<LabelledSeries> files) {
        List<Ranked> seeds = new ArrayList<>();
        for (Detector detector : contender.detectors()) {
            List<double[]> scores = scored(corpus, files, detector, Purpose.RANKING);
            List<Ranked> ranked = new ArrayList<>();
            for (int i = 0; i < files.size(); i++) {
                ranked.add(ranked(files.get(i), scores.get(i)));
            }
            seeds.add(mean(ranked));
        }
        Ranked all = mean(seeds);
        RankingLine line =
                new RankingLine(
                        corpus,
                        contender.name(),
                        seeds.size(),
                        files.size(),
                        all.precision(),
                        all.roc(),
                        all.volume());
        output.result(
                line,
                "%-8s %-9s AP %.3f, AUC %.3f, VUS-PR %.3f (mean over %d files)"
                        .formatted(
                                corpus,
                                line.detector(),
                                line.meanAveragePrecision(),
                                line.meanAreaUnderRoc(),
                                line.meanVusPr(),
                                line.files()));
    }

    private static Ranked ranked(LabelledSeries file, double[] scores) {
        int from = file.judgedFrom();
        double[] scored = Arrays.copyOfRange(scores, from, file.rows());
        boolean[] labels = Arrays.copyOfRange(file.labels(), from, file.rows());
        return new Ranked(
                RankingScores.averagePrecision(scored, labels),
                RankingScores.areaUnderRoc(scored, labels),
                VolumeUnderSurface.precisionRecall(
                        scored,
                        file.judgedAnomalies(),
                        VolumeUnderSurface.windowOf(file.judgedValues(0))));
    }

    private static Ranked mean(List<Ranked> all) {
        return new Ranked(
                mean(all, Ranked::precision), mean(all, Ranked::roc), mean(all, Ranked::volume));
    }

    private List<double[]> scored(
            String corpus, List<LabelledSeries> files, Detector detector, Purpose purpose) {
        List<double[]> scores = new ArrayList<>();
        long start = System.nanoTime();
        for (LabelledSeries file : files) {
            scores.add(detector.scores(file, purpose));
        }
        output.note(
                "%s: %s, seed %d of %d, %d files in %.0f s"
                        .formatted(
                                corpus,
                                contender.name(),
                                contender.detectors().indexOf(detector) + 1,
                                contender.detectors().size(),
                                files.size(),
                                (System.nanoTime() - start) / 1e9));
        return scores;
    }

    /** Events a second of one stream on one thread, once warm, and bytes a stream. */
    void speed() {
        Detector detector = contender.detectors().get(0);
        for (int channels : TIMED_CHANNELS) {
            LabelledSeries series = wave(channels);
            long rows = 0;
            double seconds = 0;
            detector.scores(series, Purpose.ALERTS);
            while (seconds < LEAST_SECONDS) {
                long start = System.nanoTime();
                detector.scores(series, Purpose.ALERTS);
                seconds += (System.nanoTime() - start) / 1e9;
                rows += series.rows();
            }
            SpeedLine line =
                    new SpeedLine(
                            contender.name(), channels, rows / seconds, detector.bytes(series));
            output.result(
                    line,
                    "speed    %-9s %2d channels: %,.0f events/s on one thread, %,d bytes a stream"
                            .formatted(
                                    line.detector(),
                                    channels,
                                    line.eventsPerSecond(),
                                    line.bytesPerStream()));
        }
    }

    private static LabelledSeries wave(int channels) {
        Random random = new Random(1);
        long[] times = new long[TIMED_ROWS];
        float[][] values = new float[TIMED_ROWS][channels];
        for (int row = 0; row < TIMED_ROWS; row++) {
            times[row] = row * 300_000L;
            for (int c = 0; c < channels; c++) {
                double wave = Math.sin(row * 2 * Math.PI / 288 + c);
                values[row][c] = (float) (wave + 0.1 * random.nextGaussian());
            }
        }
        return new LabelledSeries("wave", times, values, List.of(), 0);
    }

    private static <T> double mean(List<T> all, ToDoubleFunction<T> figure) {
        return all.stream().mapToDouble(figure).average().orElseThrow();
    }
}
