package io.oxbow.jobs.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.oxbow.arch.SampleModels;
import io.oxbow.flink.OxbowOptions;
import io.oxbow.flink.state.OnModelChange;
import io.oxbow.jobs.JobConfiguration;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A job goes on from a savepoint that an earlier build took, and says what a job says that nobody
 * stopped: the built-in model with its summaries, and a Mamba behind the reorder buffer.
 *
 * <p>The resources {@code stored-savepoint/v1} and so on each hold a canonical savepoint, the
 * Mamba's weights and the lines of the undisturbed run. {@code
 * -Doxbow.stored-savepoint.write=FOLDER} on {@link #aNewOneIsWrittenWhenAskedFor} writes all of it
 * anew: when a state's format has changed (then into the next version's folder, and the old one
 * stays in the test), or when the built-in model itself has. The folder made for the savepoint is
 * then named {@code savepoint}.
 *
 * <p>States of another version of the built-in model are refused by their fingerprint. Until a new
 * savepoint is written they begin anew here, as {@code oxbow.state.on-model-change: reset} has it,
 * and all other lines are compared; one line says so.
 *
 * <pre>
 * mvn -B verify -pl jobs -am -Dtest=none -Dit.test=StoredSavepointIT -Dsurefire.failIfNoSpecifiedTests=false
 *     -Dfailsafe.failIfNoSpecifiedTests=false -Doxbow.stored-savepoint.write=FOLDER
 * </pre>
 */
class StoredSavepointIT {
    private static final String FOLDER = System.getProperty("oxbow.stored-savepoint.write");
    private static final int EVENTS = 1_200;
    private static final int CUT = 700;
    private static final double TOLERANCE = 1e-4;
    private static final String MODEL = "memory-fingerprint.txt";

    private static FailureCluster cluster;

    @TempDir static Path work;

    @BeforeAll
    static void start() throws Exception {
        cluster = FailureCluster.start(work);
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @ParameterizedTest
    @CsvSource({"v1, hashmap, 2", "v1, rocksdb, 3", "v2, hashmap, 1", "v2, rocksdb, 2"})
    void theNextOutputsAreThoseOfAnUndisturbedRun(
            String version, String stateBackend, int parallelism) throws Exception {
        Path stored = resource(version);
        Configuration options = options(parallelism);
        options.set(StateBackendOptions.STATE_BACKEND, stateBackend);
        options.set(StateRecoveryOptions.SAVEPOINT_PATH, savepointIn(stored).toUri().toString());
        // The events of the stored job came from a source of its own.
        options.set(StateRecoveryOptions.SAVEPOINT_IGNORE_UNCLAIMED_STATE, true);
        boolean sameModel =
                Files.readString(stored.resolve(MODEL)).strip().equals(StoredJob.builtInModel());
        if (!sameModel) {
            System.out.println(
                    "stored savepoint "
                            + version
                            + ": the built-in model has changed since; its lines are not"
                            + " compared");
            options.set(OxbowOptions.STATE_ON_MODEL_CHANGE, OnModelChange.RESET);
        }
        List<String> said = comparable(run(options, stored, CUT, EVENTS), sameModel);
        List<String> expected =
                comparable(Files.readAllLines(stored.resolve("outputs.txt")), sameModel);
        assertThat(expected).hasSizeGreaterThan(EVENTS - CUT);
        assertThat(said).hasSameSizeAs(expected);
        for (int i = 0; i < said.size(); i++) {
            assertSame(said.get(i), expected.get(i));
        }
    }

    private static List<String> comparable(List<String> lines, boolean sameModel) {
        return lines.stream().filter(line -> sameModel || !line.startsWith("memory ")).toList();
    }

    /** What is compared above would not be met by a job that begins anew. */
    @Test
    void aJobWithoutTheSavepointSaysSomethingElse() throws Exception {
        List<String> expected = Files.readAllLines(resource("v2").resolve("outputs.txt"));
        assertThat(run(options(2), resource("v2"), CUT, EVENTS)).isNotEqualTo(expected);
    }

    @Test
    void aNewOneIsWrittenWhenAskedFor() throws Exception {
        Path folder = FOLDER == null ? work.resolve("written") : Path.of(FOLDER);
        SampleModels.writeMamba(Files.createDirectories(folder.resolve("mamba")));
        List<String> undisturbed = run(options(2), folder, 0, EVENTS);
        StoredJob.EVERYTHING_SENT.set(new CountDownLatch(1));
        StreamExecutionEnvironment environment = environment(options(2));
        StoredJob.build(StoredJob.events(environment, 0, CUT, Long.MAX_VALUE), folder);
        Said.forget();
        JobID job = cluster.submit(environment, null);
        assertThat(StoredJob.EVERYTHING_SENT.get().await(60, TimeUnit.SECONDS)).isTrue();
        cluster.stopWithSavepoint(job, folder);
        List<String> before = Said.sorted();
        List<String> after = new ArrayList<>(undisturbed);
        assertThat(after).containsAll(before);
        after.removeAll(before);
        Files.write(folder.resolve("outputs.txt"), after);
        Files.writeString(folder.resolve(MODEL), StoredJob.builtInModel());
        assertThat(savepointIn(folder).resolve("_metadata")).isNotEmptyFile();
    }

    private static List<String> run(Configuration options, Path folder, int from, int to)
            throws Exception {
        StreamExecutionEnvironment environment = environment(options);
        StoredJob.build(StoredJob.events(environment, from, to, to - 1), folder);
        Said.forget();
        JobID job = cluster.submit(environment, null);
        long giveUp = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!cluster.status(job).isGloballyTerminalState() && System.nanoTime() < giveUp) {
            Thread.sleep(20);
        }
        assertThat(cluster.status(job)).isEqualTo(JobStatus.FINISHED);
        return Said.sorted();
    }

    private static StreamExecutionEnvironment environment(Configuration options) {
        return StreamExecutionEnvironment.getExecutionEnvironment(options);
    }

    private static Configuration options(int parallelism) {
        Configuration options = new Configuration();
        options.set(CoreOptions.DEFAULT_PARALLELISM, parallelism);
        options.set(CoreOptions.TMP_DIRS, work.toString());
        options.set(OxbowOptions.COMPUTE_BACKEND, "scalar");
        options.addAll(JobConfiguration.defaultsBeside(options));
        return options;
    }

    /** Words and whole numbers must be equal, other numbers nearly: an exp may round otherwise. */
    private static void assertSame(String said, String expected) {
        String[] saidWords = said.split(" ");
        String[] words = expected.split(" ");
        assertThat(saidWords).as(said).hasSameSizeAs(words);
        for (int i = 0; i < words.length; i++) {
            if (words[i].contains(".")) {
                double want = Double.parseDouble(words[i]);
                assertThat(Double.parseDouble(saidWords[i]))
                        .as("word %d of '%s' instead of '%s'", i, said, expected)
                        .isCloseTo(want, within(TOLERANCE * Math.max(1, Math.abs(want))));
            } else {
                assertThat(saidWords[i]).as(said).isEqualTo(words[i]);
            }
        }
    }

    private static Path savepointIn(Path folder) throws Exception {
        try (Stream<Path> inside = Files.list(folder)) {
            return inside.filter(path -> path.getFileName().toString().startsWith("savepoint"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static Path resource(String version) throws Exception {
        URI uri =
                Objects.requireNonNull(
                                StoredSavepointIT.class.getResource(
                                        "/stored-savepoint/" + version + "/outputs.txt"))
                        .toURI();
        return Path.of(uri).getParent();
    }
}
