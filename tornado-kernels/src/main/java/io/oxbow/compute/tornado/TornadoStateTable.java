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
import uk.ac.manchester.tornado.api.TornadoExecutionResult;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.enums.ProfilerMode;
import uk.ac.manchester.tornado.api.enums.TornadoVMBackendType;
import uk.ac.manchester.tornado.api.exceptions.TornadoExecutionPlanException;
import uk.ac.manchester.tornado.api.exceptions.TornadoInternalError;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * State rows that stay on the device, and the task graphs that touch them.
 *
 * <pre>
 *   WRITE   host rows -> [scatter] -> states        owns states on the device
 *   READ    states -> [gather] -> host rows         only the rows asked for cross the bus
 *   STEPS   tokens -> [ops] -> outputs              advance states, see {@link StepGraph}
 *   GAPS    tables -> [scatter] -> table cache      one a timed operation, see {@link GapTables}
 * </pre>
 *
 * Rows cross in chunks of at most {@code maxStreams}. Weights are uploaded once a table.
 *
 * <p>One graph at a time: a thread that reads rows waits for the one that runs a batch.
 */
final class TornadoStateTable implements StateTable {
    private static final int WRITE = 0;
    private static final int READ = 1;
    private static final int STEPS = 2;

    /**
     * The OpenCL compiler's options, without the relaxed arithmetic that TornadoVM asks for: it
     * takes it that there is no NaN, and adds up in any order.
     */
    private static final String OPENCL_FLAGS = "-w";

    /** Task graphs are known by name to the whole JVM. */
    private static final AtomicLong NAMES = new AtomicLong();

    private final StepPlan plan;
    private final int capacity;
    private final Device device;
    private final DeviceMemory memory;
    private final IntArray asked;
    private final IntArray answered;
    private final RowTransfer rows;
    private final DeviceBatch batch;
    private final StepGraph step;
    private final List<GapTables> gaps;
    private final Runnable[] gapUploads;
    private final Launches launches = new Launches();
    private final TornadoExecutionPlan graphs;
    private final RunProfile profile;

    /**
     * @param memory closed with the table
     * @param profile takes down what each run costs, from the first on, at the price of TornadoVM's
     *     profiler; null for no such thing
     * @throws KernelException if the device cannot hold it or cannot compile the plan
     */
    TornadoStateTable(
            StepPlan plan,
            int capacity,
            int maxTokens,
            int maxStreams,
            Device device,
            DeviceMemory memory,
            RunProfile profile) {
        this.plan = plan;
        this.capacity = capacity;
        this.device = device;
        this.memory = memory;
        DeviceStates states = DeviceStates.allocate(memory, plan.layout(), capacity);
        this.rows =
                new RowTransfer(plan.layout(), Math.min(capacity, maxStreams), memory, launches);
        this.asked = memory.ints(1);
        this.answered = memory.ints(1);
        this.batch = DeviceBatch.allocate(memory, plan.inputDim(), maxTokens, maxStreams);
        String name = newName();
        TaskGraph write = rows.write(name + "write", states);
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
        List<TaskGraph> drawn = new ArrayList<>(List.of(write, rows.read(name + "read", states)));
        drawn.addAll(step.graphs());
        int firstGaps = drawn.size();
        List<Object> kept = new ArrayList<>(List.of(states.floats(), states.longs()));
        this.gaps = step.gapTables();
        for (GapTables tables : gaps) {
            drawn.add(tables.graph());
            kept.add(tables.tables());
        }
        for (TaskGraph graph : drawn) {
            addAnswer(graph);
        }
        // A graph finds what is kept where the graph that ran before it had it: all have all.
        for (TaskGraph graph : drawn.subList(READ, drawn.size())) {
            graph.consumeFromDevice(write.getTaskGraphName(), kept.toArray());
        }
        for (int part = STEPS + 1; part < firstGaps; part++) {
            String before = drawn.get(part - 1).getTaskGraphName();
            drawn.get(part).consumeFromDevice(before, kept.toArray());
        }
        this.gapUploads = new Runnable[drawn.size() - firstGaps];
        for (int i = 0; i < gapUploads.length; i++) {
            int graph = firstGaps + i;
            gapUploads[i] = () -> execute(graph);
        }
        this.graphs =
                new TornadoExecutionPlan(
                        drawn.stream().map(TaskGraph::snapshot).toArray(ImmutableTaskGraph[]::new));
        this.graphs.withGridScheduler(launches.scheduler());
        this.graphs.withCompilerFlags(TornadoVMBackendType.OPENCL, OPENCL_FLAGS);
        device.take(this.graphs);
        this.profile = profile;
        if (profile != null) {
            this.graphs.withProfiler(ProfilerMode.SILENT);
        }
        start();
    }

    /** A prefix for names of task graphs that no other table has. */
    static String newName() {
        return "oxbow" + NAMES.incrementAndGet();
    }

    /** Allocates and compiles everything, so that the first batch does not pay for it. */
    private void start() {
        try {
            device.runAlone(
                    () -> {
                        launches.resizeRows(0);
                        launches.resizeBatch(0, 0);
                        execute(WRITE);
                        for (Runnable upload : gapUploads) {
                            upload.run();
                        }
                        executeSteps();
                        execute(READ);
                    });
        } catch (KernelException e) {
            close();
            throw e;
        }
    }

    /**
     * Makes the host wait for the graph's end, and know of it: a command that the driver refuses
     * leaves no more than a line on TornadoVM's standard output.
     */
    private void addAnswer(TaskGraph graph) {
        launches.fixed(graph.getTaskGraphName(), "answer", 1);
        graph.transferToDevice(DataTransferMode.EVERY_EXECUTION, asked)
                .task("answer", DeviceRows::answer, launches.context(), asked, answered)
                .transferToHost(DataTransferMode.EVERY_EXECUTION, answered);
    }

    synchronized void run(TokenBatch tokens, OutputBatch outputs) {
        int count = tokens.tokenCount();
        int width = plan.outputs().width();
        int from = 0;
        while (from < count) {
            int to = count;
            for (int i = 0; i < gapUploads.length; i++) {
                to = gaps.get(i).assign(tokens, from, to, gapUploads[i]);
            }
            batch.load(tokens, from, to);
            launches.resizeBatch(to - from, batch.sizes().get(DeviceBatch.STREAMS));
            executeSteps();
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
    public synchronized void readRows(int[] slots, int count, StateRows into) {
        for (int at = 0; at < count; at += rows.chunk()) {
            int moved = rows.select(slots, at, count);
            execute(READ);
            rows.take(into, at, moved);
        }
    }

    @Override
    public synchronized void writeRows(int[] slots, int count, StateRows from) {
        for (int at = 0; at < count; at += rows.chunk()) {
            int moved = rows.select(slots, at, count);
            rows.put(from, at, moved);
            execute(WRITE);
        }
    }

    @Override
    public synchronized void initRows(int[] slots, int count) {
        StateRows initial = new StateRows(plan.layout(), Math.min(count, rows.chunk()));
        for (int r = 0; r < initial.count(); r++) {
            initial.copyRow(plan.initial(), 0, r);
        }
        for (int at = 0; at < count; at += rows.chunk()) {
            rows.select(slots, at, count);
            rows.put(initial, 0, initial.count());
            execute(WRITE);
        }
    }

    private void executeSteps() {
        for (int part = 0; part < step.graphs().size(); part++) {
            execute(STEPS + part);
        }
    }

    private void execute(int graph) {
        int question = asked.get(0) + 1;
        asked.set(0, question);
        device.run(() -> executeNow(graph));
        if (answered.get(0) != question) {
            throw new KernelException(
                    "the device did not run what it was given; the driver's reason is on standard"
                            + " output, after [TornadoVM-...-JNI]");
        }
    }

    /** A plan selected from the root each time keeps no history of its runs. */
    private void executeNow(int graph) {
        try {
            TornadoExecutionResult result = graphs.withGraph(graph).execute();
            if (profile != null) {
                profile.add(result.getProfilerResult());
            }
        } catch (RuntimeException | TornadoInternalError e) {
            throw new KernelException("the device failed: " + Device.reason(e), e);
        }
    }

    @Override
    public synchronized void close() {
        device.runAlone(this::free);
    }

    private void free() {
        try {
            graphs.withAllGraphs();
            graphs.close();
        } catch (TornadoExecutionPlanException | RuntimeException | TornadoInternalError e) {
            throw new KernelException("device memory could not be freed", e);
        } finally {
            memory.close();
        }
    }
}
