package io.oxbow.jobs.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.oxbow.jobs.cluster.ClusterSettings;
import io.oxbow.jobs.cluster.SubmittedJob;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The job as it is run for real: JobManager, two TaskManagers and broker are processes, and Flink's
 * own client submits the jar that a user would.
 */
class ProcessClusterIT {
    private static final long SEED = Long.getLong("oxbow.test.seed", 20_263);
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    @TempDir private static Path work;
    private static ProcessJobs jobs;

    @BeforeAll
    static void start() throws Exception {
        // One slot each: a job of two needs both TaskManagers.
        jobs = new ProcessJobs(ClusterSettings.in(work.resolve("cluster")).withSlots(1), 2, work);
    }

    @AfterAll
    static void stop() {
        if (jobs != null) {
            jobs.close();
        }
    }

    @Test
    void aKilledTaskManagerLeavesNoTrace() throws Exception {
        RecordedStreams recording = RecordedStreams.record(SEED, 8, 1_200);

        CommittedOutputs expected = jobs.undisturbed(recording, config("calm"), PATIENCE);
        assertThat(expected.inferences()).hasSize(8);
        assertThat(expected.summaries()).hasSize(8);

        jobs.struck(recording, config("struck"), PATIENCE, expected).assertSameResultsAs(expected);
    }

    /** What is wrong with an option is said by the client, before anything is submitted. */
    @Test
    void aMistakeIsToldByTheClient() throws Exception {
        Configuration config = config("mistaken");
        config.setString("oxbow.batch.max-token", "3");
        SubmittedJob job = jobs.job(config);
        assertThatThrownBy(() -> job.run(1))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("oxbow.batch.max-token");
    }

    private static Configuration config(String name) throws IOException {
        Configuration config = jobs.config(name);
        config.setString("oxbow.summary.window", "10 min;1 h");
        return config;
    }
}
