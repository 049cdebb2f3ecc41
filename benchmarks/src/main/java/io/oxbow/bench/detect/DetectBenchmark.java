package io.oxbow.bench.detect;

import io.oxbow.bench.BenchmarkOptions;
import io.oxbow.compute.BackendSelector;
import io.oxbow.compute.ComputeBackend;
import io.oxbow.jobs.bench.Benchmark;
import io.oxbow.jobs.cli.OutputOptions;
import io.oxbow.jobs.cli.UserMistake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * How well the built-in model finds labelled anomalies and forecasts, beside Random Cut Forest: the
 * Numenta and Skoltech benchmarks, the telemetry of two spacecraft, and transformer temperatures,
 * with one parameter set and no row seen before its time.
 */
public final class DetectBenchmark implements Benchmark {
    private static final long[] SEEDS = {1, 2, 3};

    /** A collection that can be scored; the folder has its name in lower case. */
    enum Collection {
        NAB,
        SKAB,
        SMAP_MSL,
        ETT;

        Path below(Path data) {
            return data.resolve(name().toLowerCase(Locale.ROOT));
        }
    }

    /** What scores it. */
    enum Method {
        MEMORY,
        RCF,
        RCF_SHINGLED,
        RCF_GRID
    }

    @Command(name = "detect")
    private static final class Choice {
        @Option(names = "--data", required = true)
        private Path data;

        @Option(names = "--detector", split = ",")
        private Set<Method> detectors = EnumSet.of(Method.MEMORY, Method.RCF, Method.RCF_SHINGLED);

        @Option(names = "--set", split = ",")
        private Set<Collection> sets = EnumSet.allOf(Collection.class);

        @Option(names = "--published")
        private boolean published;

        @Option(names = "--rcf-minutes")
        private double forestMinutes = 20;
    }

    @Override
    public String name() {
        return "detect";
    }

    @Override
    public String description() {
        return "Anomaly detection and forecasts on labelled series: --data DIR with the folders"
                + " nab, skab, smap_msl, ett, as far as they are there; --set nab,ett chooses"
                + " among them; --detector memory,rcf,rcf_shingled chooses what is scored, all"
                + " by default; rcf_grid tries twelve configurations of the forest, each of one"
                + " seed; --published adds what others have published of other detectors;"
                + " --rcf-minutes M (20) stops Random Cut Forest, the slow one, after that.";
    }

    @Override
    public void run(List<String> arguments, OutputOptions output) throws IOException {
        Choice choice = BenchmarkOptions.parse(new Choice(), arguments);
        BenchmarkOptions.requirePositive("--rcf-minutes", choice.forestMinutes);
        List<Collection> there =
                choice.sets.stream()
                        .sorted()
                        .filter(set -> Files.isDirectory(set.below(choice.data)))
                        .toList();
        if (there.isEmpty()) {
            throw new UserMistake(
                    "there is none of the folders 'nab', 'skab', 'smap_msl', 'ett' in '"
                            + choice.data
                            + "' that --set asks for");
        }
        if (choice.published && there.contains(Collection.NAB)) {
            PublishedScore.NAB.forEach(score -> output.result(score, score.toString()));
        }
        ComputeBackend backend =
                BackendSelector.load(getClass().getClassLoader())
                        .select(BackendSelector.AUTO)
                        .backend();
        Deadline forests = new Deadline(choice.forestMinutes);
        for (Method method : choice.detectors.stream().sorted().toList()) {
            for (Contender contender : contenders(method, backend, forests)) {
                compare(contender, there, choice.data, method != Method.RCF_GRID, output);
            }
            if (method == Method.MEMORY && there.contains(Collection.ETT)) {
                new ForecastComparison(backend, output).run(Collection.ETT.below(choice.data));
            }
        }
    }

    private static List<Contender> contenders(
            Method method, ComputeBackend backend, Deadline deadline) {
        return switch (method) {
            case MEMORY -> List.of(new Contender("memory", List.of(new StreamScores(backend))));
            case RCF -> List.of(forests("rcf", ForestSettings.DEFAULTS, deadline));
            case RCF_SHINGLED ->
                    List.of(forests("rcf_shingled", ForestSettings.SHINGLED, deadline));
            case RCF_GRID -> grid(deadline);
        };
    }

    private static List<Contender> grid(Deadline deadline) {
        List<Contender> grid = new ArrayList<>();
        for (int shingle : ForestSettings.SHINGLES) {
            Map<String, ForestDetector.Said> known = new HashMap<>();
            for (ForestSettings settings : ForestSettings.readings(shingle)) {
                Detector forest = new ForestDetector(settings, SEEDS[0], deadline, known);
                grid.add(new Contender(settings.label(), List.of(forest)));
            }
        }
        return grid;
    }

    private static Contender forests(String name, ForestSettings settings, Deadline deadline) {
        List<Detector> forests = new ArrayList<>();
        LongStream.of(SEEDS)
                .forEach(seed -> forests.add(new ForestDetector(settings, seed, deadline)));
        return new Contender(name, forests);
    }

    private static void compare(
            Contender contender,
            List<Collection> sets,
            Path data,
            boolean timed,
            OutputOptions output)
            throws IOException {
        Comparison comparison = new Comparison(contender, output);
        try {
            for (Collection set : sets) {
                Path folder = set.below(data);
                switch (set) {
                    case NAB -> comparison.alerts("nab", LabelledCorpora.nab(folder));
                    case SKAB -> comparison.ranking("skab", LabelledCorpora.skab(folder));
                    case SMAP_MSL ->
                            comparison.ranking("smap_msl", LabelledCorpora.telemetry(folder));
                    case ETT -> {}
                }
            }
            if (timed) {
                comparison.speed();
            }
        } catch (Deadline.Passed e) {
            output.note(
                    contender.name()
                            + ": stopped after --rcf-minutes, what is not printed was not"
                            + " finished");
        }
    }
}
