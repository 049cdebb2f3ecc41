package io.oxbow.compute.tornado;

import io.oxbow.compute.KernelException;
import io.oxbow.compute.OutputBatch;
import io.oxbow.compute.StateTable;
import io.oxbow.compute.TokenBatch;
import io.oxbow.model.StateLayout;
import io.oxbow.model.StateRows;
import io.oxbow.plan.StepPlan;
import java.util.concurrent.atomic.AtomicLong;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.exceptions.TornadoExecutionPlanException;
import uk.ac.manchester.tornado.api.exceptions.TornadoInternalError;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * State rows that stay on the device, and the three task graphs that touch them.
 *
 * <pre>
 *   WRITE   host rows -> [scatter] -> states        owns states on the device
 *   STEP    tokens -> [ops] -> outputs              advances states, see {@link StepGraph}
 *   READ    states -> [gather] -> host rows         only the rows asked for cross the bus
 * </pre>
 *
 * Rows cross in chunks of at most {@code maxStreams}. Weights are uploaded once a table.
 */
final class TornadoStateTable implements StateTable {
    private static final int WRITE = 0;
    private static final int STEP = 1;
    private static final int READ = 2;

    /** Task graphs are known by name to the whole JVM. */
    private static final AtomicLong NAMES = new AtomicLong();

    private final StepPlan plan;
    private final int capacity;
    private final int chunk;
    private final int rowFloats;
    private final IntArray rowCount = new IntArray(1);
    private final IntArray rowSlots;
    private final FloatArray rows;
    private final int[] slotChunk;
    private final float[] rowChunk;
    private final DeviceBatch batch;
    private final StepGraph step;
    private final Launches launches = new Launches();
    private final TornadoExecutionPlan device;

    TornadoStateTable(StepPlan plan, int capacity, int maxTokens, int maxStreams) {
        this.plan = plan;
        this.capacity = capacity;
        this.chunk = Math.min(capacity, maxStreams);
        // A kernel cannot address rows of no floats: a plan without state gets one it never reads.
        this.rowFloats = Math.max(1, plan.layout().floats());
        this.rowSlots = new IntArray(chunk);
        this.slotChunk = new int[chunk];
        this.rowChunk = new float[Math.multiplyExact(rowFloats, chunk)];
        this.rows = new FloatArray(rowChunk.length);
        this.batch = DeviceBatch.allocate(plan.inputDim(), maxTokens, maxStreams);
        FloatArray states = new FloatArray(Math.multiplyExact(rowFloats, capacity));
        String name = "oxbow" + NAMES.incrementAndGet();
        TaskGraph write = writeGraph(name + "write", states);
        this.step =
                new StepGraph(
                        name + "step",
                        plan,
                        maxTokens,
                        batch,
                        states,
                        write.getTaskGraphName(),
                        launches);
        TaskGraph read = readGraph(name + "read", states, write.getTaskGraphName());
        this.device =
                new TornadoExecutionPlan(
                        write.snapshot(), step.graph().snapshot(), read.snapshot());
        device.withGridScheduler(launches.scheduler());
        execute(WRITE);
    }

    private TaskGraph writeGraph(String name, FloatArray states) {
        launches.perRow(name, "scatter", rowFloats);
        return new TaskGraph(name)
                .transferToDevice(DataTransferMode.FIRST_EXECUTION, states)
                .transferToDevice(DataTransferMode.EVERY_EXECUTION, rowCount, rowSlots, rows)
                .task(
                        "scatter",
                        DeviceKernels::scatter,
                        launches.context(),
                        rowCount,
                        rowSlots,
                        rows,
                        states,
                        rowFloats)
                // What makes the host wait, so that the rows can be refilled at once.
                .transferToHost(DataTransferMode.EVERY_EXECUTION, rowCount)
                .persistOnDevice(states);
    }

    private TaskGraph readGraph(String name, FloatArray states, String statesOwner) {
        launches.perRow(name, "gather", rowFloats);
        return new TaskGraph(name)
                .consumeFromDevice(statesOwner, states)
                .transferToDevice(DataTransferMode.EVERY_EXECUTION, rowCount, rowSlots)
                .task(
                        "gather",
                        DeviceKernels::gather,
                        launches.context(),
                        rowCount,
                        rowSlots,
                        states,
                        rows,
                        rowFloats)
                .transferToHost(DataTransferMode.EVERY_EXECUTION, rows);
    }

    void run(TokenBatch tokens, OutputBatch outputs) {
        batch.load(tokens);
        launches.resizeBatch(tokens.tokenCount(), tokens.streamCount());
        execute(STEP);
        int floats = tokens.tokenCount() * plan.outputs().width();
        DeviceBatch.copy(step.outputs(), outputs.values(), 0, floats);
    }

    @Override
    public StateLayout layout() {
        return plan.layout();
    }

    @Override
    public int capacity() {
        return capacity;
    }

    @Override
    public void readRows(int[] slots, int count, StateRows into) {
        for (int from = 0; from < count; from += chunk) {
            int moved = select(slots, from, count);
            execute(READ);
            int floats = plan.layout().floats();
            DeviceBatch.copy(rows, into.floats(), from * floats, moved * floats);
        }
    }

    @Override
    public void writeRows(int[] slots, int count, StateRows from) {
        for (int at = 0; at < count; at += chunk) {
            int moved = select(slots, at, count);
            int floats = plan.layout().floats();
            System.arraycopy(from.floats(), at * floats, rowChunk, 0, moved * floats);
            DeviceBatch.copy(rowChunk, moved * floats, rows);
            execute(WRITE);
        }
    }

    @Override
    public void initRows(int[] slots, int count) {
        float[] initial = plan.initial().floats();
        for (int r = 0; r < Math.min(count, chunk); r++) {
            System.arraycopy(initial, 0, rowChunk, r * rowFloats, initial.length);
        }
        for (int at = 0; at < count; at += chunk) {
            int moved = select(slots, at, count);
            DeviceBatch.copy(rowChunk, moved * rowFloats, rows);
            execute(WRITE);
        }
    }

    /** Names the next chunk of slots to the device and returns how many they are. */
    private int select(int[] slots, int from, int count) {
        int moved = Math.min(chunk, count - from);
        System.arraycopy(slots, from, slotChunk, 0, moved);
        DeviceBatch.copy(slotChunk, moved, rowSlots);
        rowCount.set(0, moved);
        launches.resizeRows(moved);
        return moved;
    }

    /** A plan selected from the root each time keeps no history of its runs. */
    private void execute(int graph) {
        try {
            device.withGraph(graph).execute();
        } catch (RuntimeException | TornadoInternalError e) {
            throw new KernelException("the device failed: " + reason(e), e);
        }
    }

    /** TornadoVM puts the whole stack trace into the message. */
    private static String reason(Throwable e) {
        String message = String.valueOf(e.getMessage());
        int trace = message.indexOf("Stacktrace");
        return (trace < 0 ? message : message.substring(0, trace)).replace('\n', ' ').strip();
    }

    @Override
    public void close() {
        try {
            device.withAllGraphs();
            device.close();
        } catch (TornadoExecutionPlanException | TornadoInternalError e) {
            throw new KernelException("device memory could not be freed", e);
        }
    }
}
