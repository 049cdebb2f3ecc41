package io.oxbow.flink.batch;

import io.oxbow.compute.StateTable;
import io.oxbow.compute.StepKernel;
import io.oxbow.compute.TokenBatch;
import io.oxbow.plan.StepPlan;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.LongConsumer;

/**
 * The batch that fills, and where a kernel runs on a device of its own, the batch that runs
 * meanwhile: two that take turns.
 *
 * <pre>
 *            start               finish            the caller reads the results and clears
 *   filling -------> running ------------> done -----------------------------------------> empty
 *      ^                                                                                      |
 *      +-------------------------------- the next start ---------------------------------------+
 * </pre>
 *
 * Where the kernel runs on the caller's processor, {@link #start} returns when the batch is done,
 * and there is one batch only: a second thread would take from other tasks what it gave to this.
 *
 * <p>One batch runs at a time, so results come in the order of the batches. One caller's thread.
 */
public final class BatchPipeline implements AutoCloseable {

    /** A batch and what runs it: {@code step} has the results of {@code batch} when it is done. */
    public record Lane(MicroBatch batch, QuarantiningStep step) {}

    private final Lane first;
    private final Lane second;
    private final WorkerThread worker;
    private LongConsumer whenDone = number -> {};
    private Lane filling;
    private Future<?> running;
    private long number;

    /**
     * @param threadName of the thread that runs batches, if there is one
     */
    public BatchPipeline(
            StepKernel kernel, StepPlan plan, int maxTokens, int maxStreams, String threadName) {
        this.first = lane(kernel, plan, maxTokens, maxStreams);
        this.filling = first;
        if (kernel.runsElsewhere()) {
            this.second = lane(kernel, plan, maxTokens, maxStreams);
            this.worker = new WorkerThread(threadName);
        } else {
            this.second = first;
            this.worker = null;
        }
    }

    private static Lane lane(StepKernel kernel, StepPlan plan, int maxTokens, int maxStreams) {
        return new Lane(
                new MicroBatch(plan.inputDim(), maxTokens, maxStreams),
                new QuarantiningStep(kernel, plan, maxTokens, maxStreams));
    }

    /**
     * @param listener called by the pipeline's own thread with the number of every batch that is
     *     done, whether it failed or not; to be set before the first start
     */
    public void whenDone(LongConsumer listener) {
        whenDone = listener;
    }

    /** The batch that takes events now. */
    public MicroBatch filling() {
        return filling.batch();
    }

    /** Whether {@link #start} returns before the batch is done. */
    public boolean runsAside() {
        return worker != null;
    }

    /**
     * Runs the filling batch; another takes its place. None may be running.
     *
     * @param table not to be replaced, nor the rows of the batch touched, until {@link #finish}
     */
    public void start(StateTable table) {
        if (running != null) {
            throw new IllegalStateException("a batch is running already");
        }
        Lane lane = filling;
        TokenBatch packed = lane.batch().pack();
        number++;
        if (worker == null) {
            lane.step().run(packed, table);
            running = CompletableFuture.completedFuture(null);
        } else {
            long started = number;
            running = worker.submit(() -> runAside(lane, packed, table, started));
            filling = lane == first ? second : first;
        }
    }

    /** The future is done a moment after the listener is told, so that {@link #finish} may wait. */
    private void runAside(Lane lane, TokenBatch packed, StateTable table, long started) {
        try {
            lane.step().run(packed, table);
        } finally {
            whenDone.accept(started);
        }
    }

    /** The number of the batch whose results have not been asked for, or -1. */
    public long runningNumber() {
        return running == null ? -1 : number;
    }

    /**
     * Waits for the batch that was started, and throws what it threw.
     *
     * @return what has its results, to be cleared before the next start; null if none was started
     */
    public Lane finish() throws InterruptedException {
        if (running == null) {
            return null;
        }
        try {
            running.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            if (e.getCause() instanceof Error failure) {
                throw failure;
            }
            throw new IllegalStateException(e);
        }
        running = null;
        return filling == first ? second : first;
    }

    /** Time spent in kernels so far, nanoseconds. */
    public long kernelNanos() {
        long nanos = first.step().kernelNanos();
        return second == first ? nanos : nanos + second.step().kernelNanos();
    }

    /** Waits for the running batch, however long: what it works on is freed next. */
    @Override
    public void close() {
        if (worker != null) {
            worker.close();
        }
    }
}
