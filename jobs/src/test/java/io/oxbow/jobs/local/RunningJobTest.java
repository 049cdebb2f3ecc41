package io.oxbow.jobs.local;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.JobID;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.junit.jupiter.api.Test;

class RunningJobTest {

    @Test
    @SuppressWarnings("try")
    void aJobThatDoesNotStopIsSaid() {
        MiniCluster stuck =
                new MiniCluster(new MiniClusterConfiguration.Builder().build()) {
                    @Override
                    public CompletableFuture<String> stopWithSavepoint(
                            JobID job,
                            String directory,
                            boolean terminate,
                            SavepointFormatType format) {
                        return new CompletableFuture<>();
                    }
                };
        RunningJob job = new RunningJob(stuck, new JobID());

        assertThatThrownBy(() -> job.stopWithSavepoint(Path.of("none"), Duration.ofMillis(10)))
                .isInstanceOf(TimeoutException.class)
                .hasMessageStartingWith("the job did not stop with a savepoint within 0 s");
    }
}
