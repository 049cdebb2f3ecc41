package io.oxbow.compute.tornado;

import io.oxbow.compute.Availability;
import io.oxbow.compute.ComputeBackend;
import io.oxbow.compute.OutputBatch;
import io.oxbow.compute.StateTable;
import io.oxbow.compute.StepKernel;
import io.oxbow.compute.TokenBatch;
import io.oxbow.model.StateLayout;
import io.oxbow.model.StateRows;
import io.oxbow.plan.StepPlan;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Map;

/**
 * A backend whose tables are used again by the next test of the same plan. A table of the device is
 * compiled for a second; the contract asks for fifteen a plan, mostly of the same plan. Sizes are
 * rounded up to one that serves them all.
 */
final class PooledTables implements ComputeBackend, AutoCloseable {
    private static final int TOKENS = 512;
    private static final int STREAMS = 16;
    private static final int SLOTS = 32;

    /** Tables of a plan that are kept: what two runs side by side need. */
    private static final int SPARE = 2;

    private final ComputeBackend backend;
    private final Map<StepPlan, StepKernel> kernels = new IdentityHashMap<>();
    private final Map<StepPlan, Deque<StateTable>> free = new IdentityHashMap<>();

    PooledTables(ComputeBackend backend) {
        this.backend = backend;
    }

    @Override
    public String name() {
        return backend.name();
    }

    @Override
    public int preference() {
        return backend.preference();
    }

    @Override
    public Availability availability() {
        return backend.availability();
    }

    @Override
    public StepKernel prepare(StepPlan plan, int maxTokens, int maxStreams) {
        if (maxTokens > TOKENS || maxStreams > STREAMS) {
            throw new IllegalArgumentException(maxTokens + " tokens, " + maxStreams + " streams");
        }
        return new PooledKernel(
                kernels.computeIfAbsent(plan, p -> backend.prepare(p, TOKENS, STREAMS)),
                free.computeIfAbsent(plan, p -> new ArrayDeque<>()));
    }

    @Override
    public void close() {
        free.values().forEach(tables -> tables.forEach(StateTable::close));
        kernels.values().forEach(StepKernel::close);
    }

    private record PooledKernel(StepKernel kernel, Deque<StateTable> free) implements StepKernel {
        @Override
        public StateTable newTable(int capacity) {
            if (capacity > SLOTS) {
                throw new IllegalArgumentException(capacity + " slots");
            }
            return new PooledTable(free.isEmpty() ? kernel.newTable(SLOTS) : free.pop(), free);
        }

        @Override
        public void run(TokenBatch batch, StateTable table, OutputBatch outputs) {
            kernel.run(batch, ((PooledTable) table).table, outputs);
        }

        @Override
        public void close() {}
    }

    private record PooledTable(StateTable table, Deque<StateTable> free) implements StateTable {
        @Override
        public StateLayout layout() {
            return table.layout();
        }

        @Override
        public int capacity() {
            return table.capacity();
        }

        @Override
        public void readRows(int[] slots, int count, StateRows into) {
            table.readRows(slots, count, into);
        }

        @Override
        public void writeRows(int[] slots, int count, StateRows from) {
            table.writeRows(slots, count, from);
        }

        @Override
        public void initRows(int[] slots, int count) {
            table.initRows(slots, count);
        }

        @Override
        public void close() {
            if (free.size() < SPARE) {
                free.push(table);
            } else {
                table.close();
            }
        }
    }
}
