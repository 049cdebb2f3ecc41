package io.oxbow.bench.detect;

import io.oxbow.compute.BackendSelector;
import io.oxbow.jobs.bench.Benchmark;
import io.oxbow.jobs.cli.OutputOptions;
import io.oxbow.jobs.cli.UserMistake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * How well the built-in model finds labelled anomalies: the Numenta and Skoltech benchmarks, with
 * one parameter set and no row seen before its time.
 */
public final class DetectBenchmark implements Benchmark {
    /** Rows at the start of a Skoltech recording that no published comparison scores. */
    private static final int SKAB_WARM_UP = 400;

    /** One line of results on the Numenta benchmark. */
    record NabLine(
            String corpus,
            String profile,
            int files,
            int windows,
            int detected,
            int falseAlarms,
            double threshold,
            double score) {}

    /** One line of results where rows are ranked. */
    record RankingLine(
            String corpus, int files, double meanAveragePrecision, double meanAreaUnderRoc) {}

    @Override
    public String name() {
        return "detect";
    }

    @Override
    public String description() {
        return "Anomaly detection on labelled series: --data DIR with the folders nab, skab.";
    }

    @Override
    public void run(List<String> arguments, OutputOptions output) throws IOException {
        if (arguments.size() != 2 || !arguments.get(0).equals("--data")) {
            throw new UserMistake("bench detect needs --data DIR, and nothing else");
        }
        Path data = Path.of(arguments.get(1));
        Path nab = data.resolve("nab");
        Path skab = data.resolve("skab");
        if (!Files.isDirectory(nab) && !Files.isDirectory(skab)) {
            throw new UserMistake("there is neither a folder 'nab' nor 'skab' in '" + data + "'");
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
            skab(LabelledCorpora.skab(skab), scores, output);
        }
    }

    private static void nab(List<LabelledSeries> files, StreamScores scores, OutputOptions output) {
        List<double[]> scored = files.stream().map(scores::of).toList();
        for (NabProfile profile : NabProfile.values()) {
            NabScorer scorer = new NabScorer(profile);
            for (int i = 0; i < files.size(); i++) {
                scorer.add(files.get(i), scored.get(i));
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
                            best.score());
            output.result(
                    line,
                    "nab   %-22s %5.1f  (%d of %d windows, %d false alarms, %d files)"
                            .formatted(
                                    line.profile(),
                                    line.score(),
                                    line.detected(),
                                    line.windows(),
                                    line.falseAlarms(),
                                    line.files()));
        }
    }

    private static void skab(
            List<LabelledSeries> files, StreamScores scores, OutputOptions output) {
        double precision = 0;
        double roc = 0;
        for (LabelledSeries file : files) {
            double[] all = scores.of(file);
            int rows = file.rows() - SKAB_WARM_UP;
            double[] scored = new double[rows];
            boolean[] labels = new boolean[rows];
            System.arraycopy(all, SKAB_WARM_UP, scored, 0, rows);
            System.arraycopy(file.labels(), SKAB_WARM_UP, labels, 0, rows);
            precision += RankingScores.averagePrecision(scored, labels);
            roc += RankingScores.areaUnderRoc(scored, labels);
        }
        RankingLine line =
                new RankingLine("skab", files.size(), precision / files.size(), roc / files.size());
        output.result(
                line,
                "skab  AP %.3f, AUC %.3f (mean over %d files, rows from %d)"
                        .formatted(
                                line.meanAveragePrecision(),
                                line.meanAreaUnderRoc(),
                                line.files(),
                                SKAB_WARM_UP));
    }
}
