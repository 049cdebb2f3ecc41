package io.oxbow.compute;

import io.oxbow.plan.StepPlan;
import java.time.Duration;
import java.util.Arrays;

/**
 * The same batch again and again, to find out how long it takes: one token, of zeros, of each of
 * some streams; streams take turns where more are resident than a batch has. Closes neither kernel
 * nor table. Not thread-safe.
 */
public final class BatchTrial {
    /** Long enough for the JIT compiler to come in between, and for the clock. */
    private static final long PART = 100_000_000L;

    /** Parts in a row without a faster one. */
    private static final int CALM_PARTS = 3;

    private static final double FASTER = 0.9;

    private final StepKernel kernel;
    private final StateTable table;
    private final TokenBatch batch;
    private final OutputBatch outputs;
    private int first;

    /**
     * @param table of {@code kernel}; all its rows are set to the initial state
     * @param streams in a batch, at most as many as the table has slots
     */
    public BatchTrial(StepKernel kernel, StateTable table, StepPlan plan, int streams) {
        this.kernel = kernel;
        this.table = table;
        this.batch = new TokenBatch(plan.inputDim(), streams, streams);
        this.outputs = new OutputBatch(plan.outputs(), streams);
        Arrays.fill(batch.dt(), 1);
        Arrays.setAll(batch.offsets(), s -> s);
        batch.size(streams, streams);
        int[] all = new int[table.capacity()];
        Arrays.setAll(all, slot -> slot);
        table.initRows(all, all.length);
    }

    /** Runs the next batch. */
    public void run() {
        int streams = batch.streamCount();
        for (int s = 0; s < streams; s++) {
            batch.slots()[s] = first + s;
        }
        first = first + 2 * streams <= table.capacity() ? first + streams : 0;
        kernel.run(batch, table, outputs);
    }

    /**
     * Seconds a batch: of the fastest part of a run that lasts until no part is a tenth faster than
     * those before, three times in a row, as when the JIT compiler has done its work.
     *
     * @param limit after which no further batch is begun; one runs in any case
     */
    public double seconds(Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        double best = Double.MAX_VALUE;
        int calm = 0;
        while (calm < CALM_PARTS) {
            long start = System.nanoTime();
            long now = start;
            int runs = 0;
            while (runs == 0 || now - start < PART && now < end) {
                run();
                runs++;
                now = System.nanoTime();
            }
            double each = 1e-9 * (now - start) / runs;
            calm = each < FASTER * best ? 0 : calm + 1;
            best = Math.min(best, each);
            if (now >= end) {
                break;
            }
        }
        return best;
    }
}
