package io.oxbow.bench.detect;

import io.oxbow.compute.BackendSelector;
import io.oxbow.jobs.bench.Benchmark;
import io.oxbow.jobs.cli.OutputOptions;
import io.oxbow.jobs.cli.UserMistake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * How well the built-in model finds labelled anomalies: the Numenta and Skoltech benchmarks and the
 * telemetry of two spacecraft, with one parameter set and no row seen before its time.
 */
public final class DetectBenchmark implements Benchmark {
    /** One line of results on the Numenta benchmark. */
    record NabLine(
            String corpus,
            String profile,
            int files,
            int windows,
            int detected,
            int falseAlarms,
            double threshold,
            double score,
            double scoreOfEvenFiles,
            double scoreOfOddFiles) {}

    /** One line of results where rows are ranked. */
    record RankingLine(
            String corpus,
            int files,
            double meanAveragePrecision,
            double meanAreaUnderRoc,
            double meanVusPr) {}

    @Override
    public String name() {
        return "detect";
    }

    @Override
    public String description() {
        return "Anomaly detection on labelled series: --data DIR with the folders nab, skab,"
                + " smap_msl, as far as they are there.";
    }

    @Override
    public void run(List<String> arguments, OutputOptions output) throws IOException {
        if (arguments.size() != 2 || !arguments.get(0).equals("--data")) {
            throw new UserMistake("bench detect needs --data DIR, and nothing else");
        }
        Path data = Path.of(arguments.get(1));
        Path nab = data.resolve("nab");
        Path skab = data.resolve("skab");
        Path telemetry = data.resolve("smap_msl");
        if (Stream.of(nab, skab, telemetry).noneMatch(Files::isDirectory)) {
            throw new UserMistake(
                    "there is none of the folders 'nab', 'skab', 'smap_msl' in '" + data + "'");
        }
        StreamScores scores =
                new StreamScores(
                        BackendSelector.load(getClass().getClassLoader())
                                .select(BackendSelector.AUTO)
                                .backend());
        if (Files.isDirectory(nab)) {
            nab(LabelledCorpora.nab(nab), scores, output);
        }
        if (Files.isDirectory(skab)) {
            rank("skab", LabelledCorpora.skab(skab), scores, output);
        }
        if (Files.isDirectory(telemetry)) {
            rank("smap_msl", LabelledCorpora.telemetry(telemetry), scores, output);
        }
    }

    private static void nab(List<LabelledSeries> files, StreamScores scores, OutputOptions output) {
        List<double[]> scored = files.stream().map(scores::of).toList();
        for (NabProfile profile : NabProfile.values()) {
            NabScorer scorer = new NabScorer(profile);
            NabScorer[] halves = {new NabScorer(profile), new NabScorer(profile)};
            for (int i = 0; i < files.size(); i++) {
                scorer.add(files.get(i), scored.get(i));
                halves[i % 2].add(files.get(i), scored.get(i));
            }
            NabScorer.Result best = scorer.best();
            NabLine line =
                    new NabLine(
                            "nab",
                            profile.name().toLowerCase(Locale.ROOT),
                            files.size(),
                            best.windows(),
                            best.detected(),
                            best.falseAlarms(),
                            best.threshold(),
                            best.score(),
                            halves[0].at(best.threshold()),
                            halves[1].at(best.threshold()));
            output.result(
                    line,
                    ("nab   %-22s %5.1f  (%d of %d windows, %d false alarms, %d files; every"
                                    + " second file %.1f, the others %.1f)")
                            .formatted(
                                    line.profile(),
                                    line.score(),
                                    line.detected(),
                                    line.windows(),
                                    line.falseAlarms(),
                                    line.files(),
                                    line.scoreOfEvenFiles(),
                                    line.scoreOfOddFiles()));
        }
    }

    private static void rank(
            String corpus, List<LabelledSeries> files, StreamScores scores, OutputOptions output) {
        double precision = 0;
        double roc = 0;
        double volume = 0;
        for (LabelledSeries file : files) {
            int from = file.judgedFrom();
            double[] scored = Arrays.copyOfRange(scores.of(file), from, file.rows());
            boolean[] labels = Arrays.copyOfRange(file.labels(), from, file.rows());
            precision += RankingScores.averagePrecision(scored, labels);
            roc += RankingScores.areaUnderRoc(scored, labels);
            volume +=
                    VolumeUnderSurface.precisionRecall(
                            scored,
                            file.judgedAnomalies(),
                            VolumeUnderSurface.windowOf(file.judgedValues(0)));
        }
        int count = files.size();
        RankingLine line =
                new RankingLine(corpus, count, precision / count, roc / count, volume / count);
        output.result(
                line,
                "%-8s AP %.3f, AUC %.3f, VUS-PR %.3f (mean over %d files)"
                        .formatted(
                                corpus,
                                line.meanAveragePrecision(),
                                line.meanAreaUnderRoc(),
                                line.meanVusPr(),
                                count));
    }
}
