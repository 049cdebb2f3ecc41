package io.oxbow.bench.checkpoint;

import io.oxbow.bench.pipeline.GeneratedFeatures;
import io.oxbow.bench.pipeline.Passing;
import io.oxbow.bench.pipeline.PipelineCase;
import io.oxbow.bench.pipeline.PipelineJob;
import io.oxbow.flink.event.EventTypes;
import io.oxbow.flink.event.Inference;
import io.oxbow.jobs.local.ScratchDirectory;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.runtime.checkpoint.CompletedCheckpointStats;
import org.apache.flink.runtime.checkpoint.SubtaskStateStats;
import org.apache.flink.runtime.checkpoint.TaskStateStats;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobgraph.SavepointRestoreSettings;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/**
 * Takes checkpoints of a running operator, every stream of which has changed since the last one,
 * then restores the last. Prints a line a checkpoint (synchronous and asynchronous milliseconds,
 * bytes), then one of the restore (milliseconds until every stream has answered again).
 */
public final class CheckpointRun {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    /** RocksDB's share; Flink gives four tenths of a task manager's memory. */
    private static final MemorySize MANAGED = MemorySize.ofMebiBytes(512);

    private final MiniCluster cluster;
    private final PipelineCase run;
    private final double rate;
    private final ScratchDirectory scratch;

    private CheckpointRun(
            MiniCluster cluster, PipelineCase run, double rate, ScratchDirectory scratch) {
        this.cluster = cluster;
        this.run = run;
        this.rate = rate;
        this.scratch = scratch;
    }

    public static void main(String[] arguments) throws Exception {
        PipelineCase asked = PipelineCase.of(arguments);
        int checkpoints = Integer.parseInt(arguments[arguments.length - 2]);
        double rate = Double.parseDouble(arguments[arguments.length - 1]);
        try (ScratchDirectory scratch = ScratchDirectory.create("bench")) {
            Configuration options = new Configuration();
            options.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MANAGED);
            MiniCluster cluster =
                    new MiniCluster(
                            new MiniClusterConfiguration.Builder()
                                    .setConfiguration(options)
                                    .setNumTaskManagers(1)
                                    .setNumSlotsPerTaskManager(asked.parallelism())
                                    .build());
            try {
                cluster.start();
                CheckpointRun run = new CheckpointRun(cluster, asked, rate, scratch);
                run.restore(run.checkpoints(checkpoints));
            } finally {
                cluster.closeAsync().get();
            }
        }
    }

    private String checkpoints(int count) throws Exception {
        JobID job = cluster.submitJob(job(null)).get().getJobID();
        String last = null;
        await(run.streams());
        long periodMillis = rate > 0 ? (long) (2000 / rate) : 0;
        long due = System.currentTimeMillis();
        for (int i = 0; i < count; i++) {
            // A coordinator of a real job would be as punctual.
            due += periodMillis;
            Thread.sleep(Math.max(0, due - System.currentTimeMillis()));
            if (periodMillis == 0) {
                await(Passing.passed() + 2L * run.streams());
            }
            cluster.triggerCheckpoint(job).get();
            CompletedCheckpointStats stats =
                    cluster.getExecutionGraph(job)
                            .get()
                            .getCheckpointStatsSnapshot()
                            .getHistory()
                            .getLatestCompletedCheckpoint();
            long sync = 0;
            long async = 0;
            for (TaskStateStats task : stats.getAllTaskStateStats()) {
                for (SubtaskStateStats subtask : task.getSubtaskStats()) {
                    sync = Math.max(sync, subtask.getSyncCheckpointDuration());
                    async = Math.max(async, subtask.getAsyncCheckpointDuration());
                }
            }
            System.out.println(sync + " " + async + " " + stats.getStateSize());
            last = stats.getExternalPath();
        }
        cluster.cancelJob(job).get();
        cluster.requestJobResult(job).get();
        return last;
    }

    private void restore(String checkpoint) throws Exception {
        long start = System.nanoTime();
        long before = Passing.passed();
        JobID job = cluster.submitJob(job(checkpoint)).get().getJobID();
        await(before + run.streams());
        System.out.println((System.nanoTime() - start) / 1_000_000);
        cluster.cancelJob(job).get();
        cluster.requestJobResult(job).get();
    }

    private static void await(long passed) throws Exception {
        long giveUp = System.nanoTime() + PATIENCE.toNanos();
        while (Passing.passed() < passed) {
            Thread.sleep(5);
            if (System.nanoTime() > giveUp) {
                throw new TimeoutException("no " + passed + " events within " + PATIENCE);
            }
        }
    }

    private JobGraph job(String checkpoint) {
        StreamExecutionEnvironment environment =
                PipelineJob.environment(run.backend(), run.parallelism(), scratch.path());
        Configuration onDemand = new Configuration();
        onDemand.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofDays(1));
        environment.configure(onDemand);
        PipelineJob.inferences(
                        environment
                                .fromSource(
                                        new NumberSequenceSource(1, Long.MAX_VALUE - 1),
                                        WatermarkStrategy.noWatermarks(),
                                        "Numbers")
                                .map(new GeneratedFeatures(run.streams(), rate))
                                .returns(EventTypes.STREAM_EVENT),
                        run,
                        new Configuration())
                .map(new Passing<Inference>())
                .returns(EventTypes.INFERENCE)
                .sinkTo(new DiscardingSink<>());
        JobGraph graph = environment.getStreamGraph().getJobGraph();
        if (checkpoint != null) {
            graph.setSavepointRestoreSettings(SavepointRestoreSettings.forPath(checkpoint, false));
        }
        return graph;
    }
}
