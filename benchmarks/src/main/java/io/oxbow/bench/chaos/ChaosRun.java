package io.oxbow.bench.chaos;

import io.oxbow.flink.OxbowOptions;
import io.oxbow.jobs.cluster.SubmittedJob;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import org.apache.flink.configuration.Configuration;

/**
 * One job, fed steadily while the parts it runs on are killed, paused, cut off, rescaled, replaced
 * and let down by their disk; then the same events again in peace.
 */
final class ChaosRun implements AutoCloseable {
    /** Without another inference; a job far behind may take as long as it needs. */
    private static final Duration CATCH_UP = Duration.ofMinutes(2);

    private final ChaosPlan plan;
    private final long seed;
    private final Consumer<String> tell;
    private final ChaosCluster cluster;
    private long restores;
    private long restoresSeen;

    private ChaosRun(ChaosPlan plan, long seed, Consumer<String> tell, ChaosCluster cluster) {
        this.plan = plan;
        this.seed = seed;
        this.tell = tell;
        this.cluster = cluster;
    }

    /**
     * Starts broker and cluster.
     *
     * @param root of all that they keep
     * @param seed of the events
     * @param tell hears what happens
     */
    static ChaosRun start(ChaosPlan plan, Path root, long seed, Consumer<String> tell)
            throws Exception {
        return new ChaosRun(plan, seed, tell, ChaosCluster.start(root, plan.cutsNetworks()));
    }

    /**
     * What came of it.
     *
     * @param events fed while the chaos lasted
     * @param records of the undisturbed run
     * @param restores of the state after a failure; savepoints that were resumed are left out
     * @param refusedWrites by a disk that was full
     */
    record Result(
            long events,
            long records,
            long restores,
            long refusedWrites,
            CommittedResults.Difference difference) {}

    Result run() throws Exception {
        Configuration disturbed = cluster.options("chaos");
        EventFeed feed = new EventFeed(disturbed, seed);
        feed.start();
        SubmittedJob job = cluster.job(disturbed);
        job.run(2);
        int number = 0;
        for (ChaosPlan.Step step : plan.steps()) {
            tell.accept("%d of %d: %s".formatted(++number, plan.steps().size(), step));
            strike(step, job, disturbed);
        }
        long events = feed.end();
        long inferences = events + SensorEvents.STREAMS;
        job.awaitCheckpoint();
        countRestores(job);
        CommittedResults.await(disturbed, inferences, CATCH_UP);
        job.stop();
        tell.accept(events + " events under chaos; now the same in peace");

        Configuration peaceful = cluster.options("peace");
        EventFeed.replay(peaceful, seed, events);
        SubmittedJob undisturbed = cluster.job(peaceful);
        undisturbed.run(2);
        CommittedResults.await(peaceful, inferences, CATCH_UP);
        undisturbed.stop();

        CommittedResults expected = CommittedResults.read(peaceful);
        return new Result(
                events,
                expected.count(),
                restores,
                cluster.refusedWrites(),
                CommittedResults.read(disturbed).differenceFrom(expected));
    }

    private void strike(ChaosPlan.Step step, SubmittedJob job, Configuration options)
            throws Exception {
        if (!(step instanceof ChaosPlan.Kill kill && kill.hasty())) {
            cluster.revive();
            job.awaitCheckpoint();
            countRestores(job);
        }
        if (step instanceof ChaosPlan.Kill kill) {
            cluster.kill(kill, job);
            restoresSeen = kill.target() == ChaosPlan.Target.JOB_MANAGER ? 0 : restoresSeen;
        } else if (step instanceof ChaosPlan.Pause pause) {
            cluster.pause(pause, job);
        } else if (step instanceof ChaosPlan.Cut cut) {
            cluster.cut(cut, job);
        } else if (step instanceof ChaosPlan.Rescale rescale) {
            resume(job, rescale.parallelism(), job.stop());
        } else if (step instanceof ChaosPlan.Upgrade upgrade) {
            upgrade(job, options, upgrade.parallelism());
        } else if (step instanceof ChaosPlan.FullDisk disk) {
            cluster.fillDisk(disk.length());
        } else if (step instanceof ChaosPlan.SlowDisk disk) {
            cluster.slowDisk(disk.length());
        }
        cluster.revive();
    }

    /** Every process is another afterwards, and so is the size of every batch. */
    private void upgrade(SubmittedJob job, Configuration options, int parallelism)
            throws Exception {
        String savepoint = job.stop();
        cluster.replaceAll();
        options.set(
                OxbowOptions.BATCH_MAX_TOKENS,
                16 + options.get(OxbowOptions.BATCH_MAX_TOKENS) % 64);
        cluster.write(options);
        resume(job, parallelism, savepoint);
    }

    /** Reading the savepoint is the first restore of a new job; it is not counted. */
    private void resume(SubmittedJob job, int parallelism, String savepoint) throws Exception {
        job.resume(parallelism, savepoint);
        restoresSeen = job.restores();
    }

    /** A new JobManager counts from zero, its own restore being the first. */
    private void countRestores(SubmittedJob job) throws IOException, InterruptedException {
        long now = job.restores();
        restores += now < restoresSeen ? now : now - restoresSeen;
        restoresSeen = now;
    }

    @Override
    public void close() {
        cluster.close();
    }
}
