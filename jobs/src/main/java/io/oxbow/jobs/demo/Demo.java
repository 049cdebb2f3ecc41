package io.oxbow.jobs.demo;

import io.oxbow.jobs.JobConfiguration;
import io.oxbow.jobs.OxbowJob;
import io.oxbow.jobs.broker.EmbeddedBroker;
import io.oxbow.jobs.console.Console;
import io.oxbow.jobs.encoding.FrameEncoders;
import io.oxbow.jobs.local.LocalCluster;
import io.oxbow.jobs.local.RunningJob;
import io.oxbow.jobs.local.ScratchDirectory;
import io.oxbow.jobs.local.StopSignal;
import io.oxbow.kafka.BrokerException;
import io.oxbow.kafka.KafkaOptions;
import io.oxbow.kafka.OxbowTopics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The whole way of an event on one machine: feeds, a broker in a process of its own, a Flink
 * cluster in this one, and a consumer of what the job commits.
 *
 * <p>It ends in the order that loses nothing: feeds, then the job with a savepoint that commits its
 * last results, then the consumer once it has read them, then cluster and broker.
 */
final class Demo {
    private static final Duration CHECKPOINT_INTERVAL = Duration.ofSeconds(2);
    private static final Duration CATCH_UP_PATIENCE = Duration.ofSeconds(10);
    private static final Duration END_PATIENCE = Duration.ofMinutes(2);
    private static final Duration START_PATIENCE = Duration.ofMinutes(2);
    private static final Duration PROGRESS_INTERVAL = Duration.ofSeconds(5);
    private static final Duration POLL = Duration.ofMillis(100);

    private final DemoSettings settings;
    private final DemoConsole console;

    Demo(DemoSettings settings, DemoConsole console) {
        this.settings = settings;
        this.console = console;
    }

    /** Runs until its time is over or {@code stop} is requested. */
    DemoTotals run(StopSignal stop) throws Exception {
        try (FrameEncoders encoders = FrameEncoders.of(settings.options())) {
            return run(stop, settings.source().open(encoders));
        }
    }

    private DemoTotals run(StopSignal stop, FeedSet feeds) throws Exception {
        console.starting(feeds.description());
        try (ScratchDirectory scratch = ScratchDirectory.create("demo");
                BrokerStart start = new BrokerStart();
                LocalCluster cluster =
                        LocalCluster.start(
                                new Configuration(),
                                settings.parallelism(),
                                settings.webPort(),
                                scratch.directory("cluster"))) {
            EmbeddedBroker broker = start.await();
            Configuration options = options(feeds, broker.bootstrapServers(), scratch.path());
            CompletableFuture<?> topics = createTopics(options);
            try (Console page = page(options)) {
                console.started(
                        page == null ? null : page.address(),
                        cluster.webAddress(),
                        broker.bootstrapServers());
                return play(feeds, cluster, options, topics, scratch.directory("savepoints"), stop);
            }
        }
    }

    /** Makes the topics while the job is put together. */
    private static CompletableFuture<?> createTopics(Configuration options) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return OxbowTopics.createMissing(options);
                    } catch (BrokerException e) {
                        throw new UncheckedIOException(e);
                    }
                });
    }

    /** Null if none is wanted. */
    private Console page(Configuration options) throws IOException {
        return settings.page().isEmpty() ? null : Console.start(options, settings.page().get());
    }

    private DemoTotals play(
            FeedSet feeds,
            LocalCluster cluster,
            Configuration options,
            CompletableFuture<?> topics,
            Path savepoints,
            StopSignal stop)
            throws Exception {
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.getExecutionEnvironment(options);
        environment.setParallelism(settings.parallelism());
        OxbowJob.build(environment, options);
        topics.get();
        RunningJob job = cluster.submit(environment);
        try (FeedThread feed = new FeedThread(feeds.feeds(), feeds.perSecond(), options);
                ResultWatcher watcher = new ResultWatcher(options, console)) {
            // The first events lie in Kafka when the job is there to read them.
            feed.start();
            watcher.start();
            job.awaitRunning(START_PATIENCE);
            watch(feed, watcher, job, stop);
            feed.finish();
            catchUp(feed, watcher, job, stop);
            job.stopWithSavepoint(
                    savepoints, stop.requested() ? StopSignal.JOB_PATIENCE : END_PATIENCE);
            return totals(watcher.finish(), feed, job);
        }
    }

    private void watch(FeedThread feed, ResultWatcher watcher, RunningJob job, StopSignal stop)
            throws Exception {
        long start = System.nanoTime();
        long nextProgress = start + PROGRESS_INTERVAL.toNanos();
        while (!stop.await(POLL)) {
            check(feed, watcher, job);
            long now = System.nanoTime();
            if (settings.duration().isPresent()
                    && now - start >= settings.duration().get().toNanos()) {
                return;
            }
            if (feed.over() && settings.page().isEmpty()) {
                return;
            }
            if (now >= nextProgress) {
                console.progress(totals(watcher.counts(), feed, job));
                nextProgress += PROGRESS_INTERVAL.toNanos();
            }
        }
    }

    /** Waits for the job to have committed what was sent, for as long as it goes forward. */
    private static void catchUp(
            FeedThread feed, ResultWatcher watcher, RunningJob job, StopSignal stop)
            throws Exception {
        long giveUp = System.nanoTime() + CATCH_UP_PATIENCE.toNanos();
        long before = 0;
        while (System.nanoTime() < giveUp) {
            ResultWatcher.Counts counts = watcher.counts();
            long committed = counts.events() + counts.deadLetters();
            if (committed >= feed.sent()) {
                return;
            }
            if (committed > before && !stop.requested()) {
                giveUp = System.nanoTime() + CATCH_UP_PATIENCE.toNanos();
            }
            before = committed;
            check(feed, watcher, job);
            Thread.sleep(POLL.toMillis());
        }
    }

    private static void check(FeedThread feed, ResultWatcher watcher, RunningJob job)
            throws Exception {
        feed.check();
        watcher.check();
        if (job.ended()) {
            job.await();
            throw new IOException("the job ended before the demo did");
        }
    }

    private static DemoTotals totals(ResultWatcher.Counts counts, FeedThread feed, RunningJob job)
            throws Exception {
        double perSecond = counts.events() / Math.max(1e-3, feed.seconds());
        return new DemoTotals(
                counts.events(),
                counts.streams(),
                Math.round(perSecond * 10) / 10.0,
                job.completedCheckpoints(),
                counts.summaries(),
                counts.anomalies(),
                counts.deadLetters());
    }

    /** The demo's own options, then the user's, then every job's defaults. */
    private Configuration options(FeedSet feeds, String servers, Path scratch) throws IOException {
        Configuration options = new Configuration();
        options.addAll(feeds.options());
        options.set(KafkaOptions.PARTITIONS, settings.parallelism());
        options.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, CHECKPOINT_INTERVAL);
        options.addAll(settings.options());
        options.set(KafkaOptions.BOOTSTRAP_SERVERS, servers);
        options.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
        options.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY,
                scratch.resolve("checkpoints").toUri().toString());
        options.addAll(JobConfiguration.defaultsBeside(options));
        return options;
    }
}
