package io.oxbow.jobs.local;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.checkpoint.CheckpointStatsSnapshot;
import org.apache.flink.runtime.client.JobExecutionException;
import org.apache.flink.runtime.execution.ExecutionState;
import org.apache.flink.runtime.executiongraph.AccessExecutionGraph;
import org.apache.flink.runtime.executiongraph.AccessExecutionVertex;
import org.apache.flink.runtime.jobmaster.JobResult;
import org.apache.flink.runtime.minicluster.MiniCluster;

/** A job on a {@link LocalCluster}. */
public final class RunningJob {
    private static final long POLL_MILLIS = 50;

    private final MiniCluster cluster;
    private final JobID id;

    RunningJob(MiniCluster cluster, JobID id) {
        this.cluster = cluster;
        this.id = id;
    }

    public JobID id() {
        return id;
    }

    /** Whether it has ended, well or not. */
    public boolean ended() throws Exception {
        return status().isGloballyTerminalState();
    }

    /**
     * Waits until every subtask runs.
     *
     * @throws JobExecutionException if the job ends first
     * @throws TimeoutException if it takes longer than {@code patience}
     */
    public void awaitRunning(Duration patience) throws Exception {
        long giveUp = System.nanoTime() + patience.toNanos();
        while (!allRunning()) {
            if (ended()) {
                await();
                return;
            }
            if (System.nanoTime() > giveUp) {
                throw new TimeoutException(
                        "the job was not running after " + patience.toSeconds() + " s");
            }
            Thread.sleep(POLL_MILLIS);
        }
    }

    /**
     * Waits for the job's end.
     *
     * @throws JobExecutionException if it failed
     */
    public void await() throws Exception {
        JobResult result = cluster.requestJobResult(id).get();
        result.toJobExecutionResult(RunningJob.class.getClassLoader());
    }

    /** How many checkpoints and savepoints it has completed. */
    public long completedCheckpoints() throws Exception {
        CheckpointStatsSnapshot stats = graph().getCheckpointStatsSnapshot();
        return stats == null ? 0 : stats.getCounts().getNumberOfCompletedCheckpoints();
    }

    /** Why it last failed or restarted, if it did. */
    public Optional<String> lastFailure() throws Exception {
        return Optional.ofNullable(graph().getFailureInfo())
                .map(failure -> failure.getExceptionAsString().lines().findFirst().orElse(""));
    }

    /**
     * Takes a savepoint, commits every output up to it and ends the job.
     *
     * @param directory where the savepoint is put
     * @return the savepoint
     * @throws TimeoutException if it takes longer than {@code patience}
     */
    public Path stopWithSavepoint(Path directory, Duration patience) throws Exception {
        try {
            String savepoint =
                    cluster.stopWithSavepoint(
                                    id,
                                    directory.toUri().toString(),
                                    false,
                                    SavepointFormatType.CANONICAL)
                            .get(patience.toMillis(), TimeUnit.MILLISECONDS);
            cluster.requestJobResult(id).get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return Path.of(URI.create(savepoint));
        } catch (TimeoutException e) {
            TimeoutException late =
                    new TimeoutException(
                            "the job did not stop with a savepoint within "
                                    + patience.toSeconds()
                                    + " s; what it had committed before stays");
            late.initCause(e);
            throw late;
        }
    }

    /** Ends the job at once, leaving uncommitted outputs uncommitted. */
    public void cancel() throws Exception {
        try {
            cluster.cancelJob(id).get();
            cluster.requestJobResult(id).get();
        } catch (ExecutionException e) {
            if (!ended()) {
                throw e;
            }
        }
    }

    private JobStatus status() throws Exception {
        return cluster.getJobStatus(id).get();
    }

    private AccessExecutionGraph graph() throws Exception {
        return cluster.getExecutionGraph(id).get();
    }

    private boolean allRunning() throws Exception {
        if (status() != JobStatus.RUNNING) {
            return false;
        }
        for (AccessExecutionVertex vertex : graph().getAllExecutionVertices()) {
            if (vertex.getExecutionState() != ExecutionState.RUNNING) {
                return false;
            }
        }
        return true;
    }
}
