package io.oxbow.flink.testing;

import io.oxbow.compute.Availability;
import io.oxbow.compute.ComputeBackend;
import io.oxbow.compute.KernelException;
import io.oxbow.compute.OutputBatch;
import io.oxbow.compute.StateTable;
import io.oxbow.compute.StepKernel;
import io.oxbow.compute.TokenBatch;
import io.oxbow.compute.scalar.ScalarBackend;
import io.oxbow.plan.StepPlan;
import java.util.concurrent.Semaphore;

/**
 * The scalar backend, as if it had a device of its own; a test may hold it up and make it fail.
 * Asked for by the name {@code aside}; one test at a time.
 */
public final class AsideBackend implements ComputeBackend {
    private static volatile Semaphore permits;
    private static volatile boolean failing;

    /** From now on a batch runs only after {@link #permit}. */
    public static void hold() {
        permits = new Semaphore(0);
    }

    /** Lets a batch run. */
    public static void permit() {
        permits.release();
    }

    /** Whether a held batch fails once it is permitted. */
    public static void fail(boolean fails) {
        failing = fails;
    }

    /** Batches run as they come, and well. */
    public static void free() {
        permits = null;
        failing = false;
    }

    @Override
    public String name() {
        return "aside";
    }

    @Override
    public int preference() {
        return -2;
    }

    @Override
    public Availability availability() {
        return new Availability.Available("a test");
    }

    @Override
    public StepKernel prepare(StepPlan plan, int maxTokens, int maxStreams) {
        return new AsideKernel(new ScalarBackend().prepare(plan, maxTokens, maxStreams));
    }

    private record AsideKernel(StepKernel kernel) implements StepKernel {
        @Override
        public StateTable newTable(int capacity) {
            return kernel.newTable(capacity);
        }

        @Override
        public void run(TokenBatch batch, StateTable table, OutputBatch outputs) {
            Semaphore held = permits;
            if (held != null) {
                held.acquireUninterruptibly();
            }
            if (failing) {
                throw new KernelException("the device is lost");
            }
            kernel.run(batch, table, outputs);
        }

        @Override
        public boolean runsElsewhere() {
            return true;
        }

        @Override
        public void close() {
            kernel.close();
        }
    }
}
