package io.oxbow.compute.tornado;

import io.oxbow.compute.KernelException;
import io.oxbow.compute.OutputBatch;
import io.oxbow.compute.StateTable;
import io.oxbow.compute.TokenBatch;
import io.oxbow.model.StateLayout;
import io.oxbow.model.StateRows;
import io.oxbow.plan.StepPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import uk.ac.manchester.tornado.api.ImmutableTaskGraph;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.enums.TornadoVMBackendType;
import uk.ac.manchester.tornado.api.exceptions.TornadoExecutionPlanException;
import uk.ac.manchester.tornado.api.exceptions.TornadoInternalError;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * State rows that stay on the device, and the task graphs that touch them.
 *
 * <pre>
 *   WRITE   host rows -> [scatter] -> states        owns states on the device
 *   STEP    tokens -> [ops] -> outputs              advances states, see {@link StepGraph}
 *   READ    states -> [gather] -> host rows         only the rows asked for cross the bus
 *   GAPS    tables -> [scatter] -> table cache      one a timed operation, see {@link GapTables}
 * </pre>
 *
 * Rows cross in chunks of at most {@code maxStreams}. Weights are uploaded once a table.
 */
final class TornadoStateTable implements StateTable {
    private static final int WRITE = 0;
    private static final int STEP = 1;
    private static final int READ = 2;
    private static final int GAPS = 3;

    /**
     * The OpenCL compiler's options, without the relaxed arithmetic that TornadoVM asks for: it
     * takes it that there is no NaN, and adds up in any order.
     */
    private static final String OPENCL_FLAGS = "-w";

    /** Task graphs are known by name to the whole JVM. */
    private static final AtomicLong NAMES = new AtomicLong();

    private final StepPlan plan;
    private final int capacity;
    private final int chunk;
    private final DeviceMemory memory;
    private final IntArray rowCount;
    private final IntArray rowSlots;
    private final DeviceStates rows;
    private final DeviceBatch batch;
    private final StepGraph step;
    private final Runnable[] gapUploads;
    private final Launches launches = new Launches();
    private final TornadoExecutionPlan device;

    /**
     * @param memory closed with the table, or if it cannot be made
     * @throws KernelException if the device cannot hold it or cannot compile the plan
     */
    TornadoStateTable(
            StepPlan plan, int capacity, int maxTokens, int maxStreams, DeviceMemory memory) {
        this.plan = plan;
        this.capacity = capacity;
        this.chunk = Math.min(capacity, maxStreams);
        this.memory = memory;
        DeviceStates states = DeviceStates.allocate(memory, plan.layout(), capacity);
        this.rows = DeviceStates.allocate(memory, plan.layout(), chunk);
        this.rowCount = memory.ints(1);
        this.rowSlots = memory.ints(chunk);
        this.batch = DeviceBatch.allocate(memory, plan.inputDim(), maxTokens, maxStreams);
        String name = "oxbow" + NAMES.incrementAndGet();
        TaskGraph write = writeGraph(name + "write", states);
        this.step =
                new StepGraph(
                        name + "step",
                        plan,
                        maxTokens,
                        maxStreams,
                        batch,
                        states,
                        write,
                        memory,
                        launches);
        List<ImmutableTaskGraph> graphs = new ArrayList<>();
        graphs.add(write.snapshot());
        graphs.add(step.graph().snapshot());
        graphs.add(readGraph(name + "read", states, write.getTaskGraphName()).snapshot());
        step.gapTables().forEach(tables -> graphs.add(tables.snapshot()));
        this.gapUploads = new Runnable[graphs.size() - GAPS];
        for (int i = 0; i < gapUploads.length; i++) {
            int graph = GAPS + i;
            gapUploads[i] = () -> execute(graph);
        }
        this.device = new TornadoExecutionPlan(graphs.toArray(ImmutableTaskGraph[]::new));
        device.withGridScheduler(launches.scheduler());
        device.withCompilerFlags(TornadoVMBackendType.OPENCL, OPENCL_FLAGS);
        start();
    }

    /** Allocates and compiles everything, so that the first batch does not pay for it. */
    private void start() {
        try {
            launches.resizeRows(0);
            launches.resizeBatch(0, 0);
            execute(WRITE);
            for (Runnable upload : gapUploads) {
                upload.run();
            }
            execute(STEP);
            execute(READ);
        } catch (KernelException e) {
            close();
            throw e;
        }
    }

    private TaskGraph writeGraph(String name, DeviceStates states) {
        launches.perRow(name, "scatter", rows.rowFloats());
        TaskGraph graph =
                new TaskGraph(name)
                        .transferToDevice(
                                DataTransferMode.FIRST_EXECUTION, states.floats(), states.longs())
                        .transferToDevice(
                                DataTransferMode.EVERY_EXECUTION, rowCount, rowSlots, rows.floats())
                        .task(
                                "scatter",
                                DeviceRows::scatter,
                                launches.context(),
                                rowCount,
                                rowSlots,
                                rows.floats(),
                                states.floats(),
                                rows.rowFloats());
        if (plan.layout().longs() > 0) {
            launches.perRow(name, "scatterLongs", rows.rowLongs());
            graph.transferToDevice(DataTransferMode.EVERY_EXECUTION, rows.longs())
                    .task(
                            "scatterLongs",
                            DeviceRows::scatterLongs,
                            launches.context(),
                            rowCount,
                            rowSlots,
                            rows.longs(),
                            states.longs(),
                            rows.rowLongs());
        }
        // What makes the host wait, so that the rows can be refilled at once.
        return graph.transferToHost(DataTransferMode.EVERY_EXECUTION, rowCount)
                .persistOnDevice(states.floats(), states.longs());
    }

    private TaskGraph readGraph(String name, DeviceStates states, String statesOwner) {
        launches.perRow(name, "gather", rows.rowFloats());
        TaskGraph graph =
                new TaskGraph(name)
                        .consumeFromDevice(statesOwner, states.floats(), states.longs())
                        .transferToDevice(DataTransferMode.EVERY_EXECUTION, rowCount, rowSlots)
                        .task(
                                "gather",
                                DeviceRows::gather,
                                launches.context(),
                                rowCount,
                                rowSlots,
                                states.floats(),
                                rows.floats(),
                                rows.rowFloats())
                        .transferToHost(DataTransferMode.EVERY_EXECUTION, rows.floats());
        if (plan.layout().longs() > 0) {
            launches.perRow(name, "gatherLongs", rows.rowLongs());
            graph.task(
                            "gatherLongs",
                            DeviceRows::gatherLongs,
                            launches.context(),
                            rowCount,
                            rowSlots,
                            states.longs(),
                            rows.longs(),
                            rows.rowLongs())
                    .transferToHost(DataTransferMode.EVERY_EXECUTION, rows.longs());
        }
        return graph;
    }

    void run(TokenBatch tokens, OutputBatch outputs) {
        int count = tokens.tokenCount();
        int width = plan.outputs().width();
        int from = 0;
        while (from < count) {
            int to = count;
            for (int i = 0; i < gapUploads.length; i++) {
                to = step.gapTables().get(i).assign(tokens, from, to, gapUploads[i]);
            }
            batch.load(tokens, from, to);
            launches.resizeBatch(to - from, batch.sizes().get(DeviceBatch.STREAMS));
            execute(STEP);
            DeviceBatch.copy(step.outputs(), outputs.values(), from * width, (to - from) * width);
            from = to;
        }
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
        int floats = plan.layout().floats();
        int longs = plan.layout().longs();
        for (int from = 0; from < count; from += chunk) {
            int moved = select(slots, from, count);
            execute(READ);
            DeviceBatch.copy(rows.floats(), into.floats(), from * floats, moved * floats);
            DeviceBatch.copy(rows.longs(), into.longs(), from * longs, moved * longs);
        }
    }

    @Override
    public void writeRows(int[] slots, int count, StateRows from) {
        int floats = plan.layout().floats();
        int longs = plan.layout().longs();
        for (int at = 0; at < count; at += chunk) {
            int moved = select(slots, at, count);
            DeviceBatch.copy(from.floats(), at * floats, moved * floats, rows.floats());
            DeviceBatch.copy(from.longs(), at * longs, moved * longs, rows.longs());
            execute(WRITE);
        }
    }

    @Override
    public void initRows(int[] slots, int count) {
        StateRows initial = new StateRows(plan.layout(), Math.min(count, chunk));
        for (int r = 0; r < initial.count(); r++) {
            initial.copyRow(plan.initial(), 0, r);
        }
        int floats = initial.floats().length;
        int longs = initial.longs().length;
        for (int at = 0; at < count; at += chunk) {
            select(slots, at, count);
            DeviceBatch.copy(initial.floats(), 0, floats, rows.floats());
            DeviceBatch.copy(initial.longs(), 0, longs, rows.longs());
            execute(WRITE);
        }
    }

    /** Names the next chunk of slots to the device and returns how many they are. */
    private int select(int[] slots, int from, int count) {
        int moved = Math.min(chunk, count - from);
        for (int r = 0; r < moved; r++) {
            rowSlots.set(r, slots[from + r]);
        }
        rowCount.set(0, moved);
        launches.resizeRows(moved);
        return moved;
    }

    /** A plan selected from the root each time keeps no history of its runs. */
    private void execute(int graph) {
        synchronized (Device.LOCK) {
            try {
                device.withGraph(graph).execute();
            } catch (RuntimeException | TornadoInternalError e) {
                throw new KernelException("the device failed: " + Device.reason(e), e);
            }
        }
    }

    @Override
    public void close() {
        synchronized (Device.LOCK) {
            try {
                device.withAllGraphs();
                device.close();
            } catch (TornadoExecutionPlanException | RuntimeException | TornadoInternalError e) {
                throw new KernelException("device memory could not be freed", e);
            } finally {
                memory.close();
            }
        }
    }
}
