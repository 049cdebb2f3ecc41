package io.oxbow.jobs.recovery;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.execution.ExecutionState;
import org.apache.flink.runtime.executiongraph.AccessExecutionVertex;
import org.apache.flink.runtime.jobgraph.SavepointRestoreSettings;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** A cluster of two TaskManagers in this process, of which a test may stop one. */
final class FailureCluster implements AutoCloseable {
    private static final int SLOTS = 3;
    private static final long PATIENCE_SECONDS = 90;

    private final MiniCluster cluster;

    private FailureCluster(MiniCluster cluster) {
        this.cluster = cluster;
    }

    static FailureCluster start(Path workDirectory) throws Exception {
        Configuration config = new Configuration();
        config.set(CoreOptions.TMP_DIRS, workDirectory.toString());
        config.set(TaskManagerOptions.NUM_TASK_SLOTS, SLOTS);
        MiniCluster cluster =
                new MiniCluster(
                        new MiniClusterConfiguration.Builder()
                                .setConfiguration(config)
                                .setNumTaskManagers(2)
                                .setNumSlotsPerTaskManager(SLOTS)
                                .build());
        cluster.start();
        return new FailureCluster(cluster);
    }

    JobID submit(StreamExecutionEnvironment environment, String savepoint) throws Exception {
        var graph = environment.getStreamGraph();
        if (savepoint != null) {
            graph.setSavepointRestoreSettings(SavepointRestoreSettings.forPath(savepoint));
        }
        return cluster.submitJob(graph.getJobGraph()).get().getJobID();
    }

    /** Stops a TaskManager without warning and starts another in its place. */
    void replaceTaskManager(int index) throws Exception {
        cluster.terminateTaskManager(index).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        cluster.startTaskManager();
    }

    JobStatus status(JobID job) throws Exception {
        return cluster.getJobStatus(job).get();
    }

    /** How often the job has completed a checkpoint so far, restarts included. */
    long checkpoints(JobID job) throws Exception {
        var stats = cluster.getExecutionGraph(job).get().getCheckpointStatsSnapshot();
        return stats == null ? 0 : stats.getCounts().getNumberOfCompletedCheckpoints();
    }

    /** How often the job has been restored. */
    long restores(JobID job) throws Exception {
        var stats = cluster.getExecutionGraph(job).get().getCheckpointStatsSnapshot();
        return stats == null ? 0 : stats.getCounts().getNumberOfRestoredCheckpoints();
    }

    /** A job that is just being restarted cannot take a savepoint. */
    private void awaitRunning(JobID job) throws Exception {
        long giveUp = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!allRunning(job) && System.nanoTime() < giveUp) {
            Thread.sleep(20);
        }
    }

    private boolean allRunning(JobID job) throws Exception {
        for (AccessExecutionVertex vertex :
                cluster.getExecutionGraph(job).get().getAllExecutionVertices()) {
            if (vertex.getExecutionState() != ExecutionState.RUNNING) {
                return false;
            }
        }
        return true;
    }

    /** Commits everything, ends the job and says where the savepoint is. */
    String stopWithSavepoint(JobID job, Path directory) throws Exception {
        awaitRunning(job);
        String savepoint =
                cluster.stopWithSavepoint(
                                job,
                                directory.toUri().toString(),
                                false,
                                SavepointFormatType.CANONICAL)
                        .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        cluster.requestJobResult(job).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        return savepoint;
    }

    @Override
    public void close() {
        cluster.closeAsync().orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }
}
