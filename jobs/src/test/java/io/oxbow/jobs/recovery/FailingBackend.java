package io.oxbow.jobs.recovery;

import io.oxbow.compute.Availability;
import io.oxbow.compute.ComputeBackend;
import io.oxbow.compute.KernelException;
import io.oxbow.compute.OutputBatch;
import io.oxbow.compute.StateTable;
import io.oxbow.compute.StepKernel;
import io.oxbow.compute.TokenBatch;
import io.oxbow.compute.scalar.ScalarBackend;
import io.oxbow.plan.StepPlan;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The scalar backend, slowed down so that a run lasts through several checkpoints, and failing at
 * batches that a test has chosen. Asked for by the name {@code failing}; one test at a time.
 */
public final class FailingBackend implements ComputeBackend {
    private static final AtomicLong BATCHES = new AtomicLong();
    private static final Queue<Long> FAILURES = new ConcurrentLinkedQueue<>();

    /** Counts batches from now on, and fails those of the given numbers, which must rise. */
    static void failAt(long... batches) {
        FAILURES.clear();
        BATCHES.set(0);
        for (long batch : batches) {
            FAILURES.add(batch);
        }
    }

    /** Failures that have not happened yet. */
    static int failuresLeft() {
        return FAILURES.size();
    }

    @Override
    public String name() {
        return "failing";
    }

    @Override
    public int preference() {
        return -1;
    }

    @Override
    public Availability availability() {
        return new Availability.Available("a test");
    }

    @Override
    public StepKernel prepare(StepPlan plan, int maxTokens, int maxStreams) {
        return new FailingKernel(new ScalarBackend().prepare(plan, maxTokens, maxStreams));
    }

    private record FailingKernel(StepKernel kernel) implements StepKernel {
        @Override
        public StateTable newTable(int capacity) {
            return kernel.newTable(capacity);
        }

        @Override
        public void run(TokenBatch batch, StateTable table, OutputBatch outputs) {
            kernel.run(batch, table, outputs);
            long number = BATCHES.incrementAndGet();
            Long next = FAILURES.peek();
            // After the states have moved: what is left behind must not be believed.
            if (next != null && number >= next && FAILURES.remove(next)) {
                throw new KernelException("batch " + number + " fails because a test wants it to");
            }
            try {
                Thread.sleep(1);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new KernelException("interrupted", e);
            }
        }

        @Override
        public void close() {
            kernel.close();
        }
    }
}
