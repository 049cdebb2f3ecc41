package io.oxbow.bench.diary;

import io.oxbow.encode.video.LumaMotionEncoder;
import io.oxbow.flink.OxbowOptions;
import io.oxbow.flink.event.Summary;
import io.oxbow.jobs.JobConfiguration;
import io.oxbow.jobs.OxbowJob;
import io.oxbow.jobs.local.LocalCluster;
import io.oxbow.jobs.local.RunningJob;
import io.oxbow.kafka.EventMappings;
import io.oxbow.kafka.EventProducer;
import io.oxbow.kafka.EventReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Puts a fleet's pictures through Kafka and the job, and ends the job twice without warning on the
 * way: each time it goes on from its last checkpoint, the second time at another parallelism.
 */
final class FleetReplay implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(30);
    private static final Duration START_PATIENCE = Duration.ofMinutes(2);
    private static final int[] PARALLELISM = {2, 2, 1};

    private final List<CameraDiary> cameras;
    private final int days;
    private final LocalCluster cluster;
    private final Configuration options;
    private final Path checkpoints;
    private RunningJob job;

    /**
     * @param options of Kafka; the fleet's are added
     */
    FleetReplay(
            List<CameraDiary> cameras,
            int days,
            LocalCluster cluster,
            Configuration options,
            Path checkpoints) {
        this.cameras = cameras;
        this.days = days;
        this.cluster = cluster;
        this.checkpoints = checkpoints;
        this.options = new Configuration(options);
        this.options.set(OxbowOptions.MODEL_INPUT_DIM, LumaMotionEncoder.DIM);
        this.options.setString("oxbow.job.write-inferences", "false");
        this.options.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
        this.options.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY, checkpoints.toUri().toString());
        this.options.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofSeconds(1));
    }

    static int crashes() {
        return PARALLELISM.length - 1;
    }

    /** Times the parallelism changed. */
    static int rescales() {
        int rescales = 0;
        for (int i = 1; i < PARALLELISM.length; i++) {
            rescales += PARALLELISM[i] == PARALLELISM[i - 1] ? 0 : 1;
        }
        return rescales;
    }

    Configuration options() {
        return options;
    }

    /** Writes everything, runs the job through its crashes to the end, and leaves it running. */
    void run() throws Exception {
        try (EventProducer producer = new EventProducer(options)) {
            for (CameraDiary camera : cameras) {
                camera.replay(picture -> producer.send(EventMappings.OBSERVATION, picture));
            }
            producer.flush();
        }
        int summaries = cameras.size() * days;
        try (EventReader<Summary> told = EventReader.fromStart(EventMappings.SUMMARY, options)) {
            int seen = 0;
            for (int run = 0; run < PARALLELISM.length; run++) {
                start(PARALLELISM[run]);
                int until = summaries * (run + 1) / PARALLELISM.length;
                seen = awaitDays(told, seen, until);
                if (run + 1 < PARALLELISM.length) {
                    job.cancel();
                }
            }
        }
    }

    private void start(int parallelism) throws Exception {
        Configuration all = new Configuration(options);
        newestCheckpoint()
                .ifPresent(
                        path ->
                                all.set(
                                        StateRecoveryOptions.SAVEPOINT_PATH,
                                        path.toUri().toString()));
        all.addAll(JobConfiguration.defaultsBeside(all));
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.getExecutionEnvironment(all);
        environment.setParallelism(parallelism);
        OxbowJob.build(environment, all);
        job = cluster.submit(environment);
        job.awaitRunning(START_PATIENCE);
    }

    private Optional<Path> newestCheckpoint() throws IOException {
        try (Stream<Path> files = Files.walk(checkpoints, 3)) {
            return files.filter(path -> path.endsWith("_metadata"))
                    .max(Comparator.comparingLong(path -> path.toFile().lastModified()))
                    .map(Path::getParent);
        }
    }

    /** Reads on until so many days' summaries have been committed. */
    private int awaitDays(EventReader<Summary> told, int before, int until) throws Exception {
        int seen = before;
        long giveUp = System.nanoTime() + PATIENCE.toNanos();
        while (seen < until) {
            for (Summary summary : told.poll(Duration.ofMillis(200))) {
                seen += summary.kind().equals("day") ? 1 : 0;
            }
            if (job.ended()) {
                job.await();
            }
            if (System.nanoTime() > giveUp) {
                throw new TimeoutException(seen + " of " + until + " days after " + PATIENCE);
            }
        }
        return seen;
    }

    @Override
    public void close() throws IOException {
        if (job == null) {
            return;
        }
        try {
            job.cancel();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            throw new IOException("the job could not be cancelled", e);
        }
    }
}
