package io.oxbow.compute.tornado;

import io.oxbow.model.StateLayout.Segment;
import io.oxbow.plan.CalendarFeatures;
import io.oxbow.plan.Register;
import io.oxbow.plan.StepPlan;
import io.oxbow.plan.Stepping;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.types.arrays.DoubleArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.arrays.LongArray;
import uk.ac.manchester.tornado.api.types.arrays.TornadoNativeArray;

/**
 * What a {@link DeviceOp} sees while it is drawn: the batch, the registers of its tokens and the
 * state rows, all as arrays of the device, and where to put its tasks and weights.
 *
 * <p>TornadoVM's task graphs have room for some ninety tasks, so a deep plan goes through several
 * of them, one after the other. A register that a later graph reads is handed on from graph to
 * graph.
 */
final class DeviceFrame {
    /** Past this, the next operation begins another graph. */
    private static final int TASKS_OF_A_GRAPH = 40;

    private final String name;
    private final List<TaskGraph> graphs = new ArrayList<>();
    private final TaskGraph owner;
    private final StepPlan plan;
    private final DeviceBatch batch;
    private final DeviceStates states;
    private final DeviceMemory memory;
    private final Launches launches;
    private final int maxTokens;
    private final int maxStreams;
    private final FloatArray[] registers;
    private final List<GapTables> gapTables = new ArrayList<>();

    /** By register: the graph that has its array first, and the last that reads or writes it. */
    private final int[] firstGraph;

    private final int[] lastGraph;
    private int tasks;
    private int tasksBefore;

    /**
     * @param name of the first task graph, and what the names of others begin with
     * @param owner the task graph that keeps on the device what several graphs touch
     */
    DeviceFrame(
            String name,
            TaskGraph owner,
            StepPlan plan,
            DeviceBatch batch,
            DeviceStates states,
            DeviceMemory memory,
            Launches launches,
            int maxTokens,
            int maxStreams) {
        this.name = name;
        this.owner = owner;
        this.plan = plan;
        this.batch = batch;
        this.states = states;
        this.memory = memory;
        this.launches = launches;
        this.maxTokens = maxTokens;
        this.maxStreams = maxStreams;
        this.registers = new FloatArray[plan.registers().size()];
        this.firstGraph = new int[registers.length];
        this.lastGraph = new int[registers.length];
        Arrays.fill(firstGraph, -1);
        beginGraph();
        registers[0] = batch.tokens();
        firstGraph[0] = 0;
        graph().transferToDevice(DataTransferMode.EVERY_EXECUTION, batch.tokens());
    }

    private void beginGraph() {
        String part = graphs.isEmpty() ? name : name + "part" + graphs.size();
        TaskGraph graph =
                new TaskGraph(part)
                        .transferToDevice(
                                DataTransferMode.EVERY_EXECUTION,
                                batch.sizes(),
                                batch.offsets(),
                                batch.slots());
        if (plan.ops().stream().anyMatch(CalendarFeatures.class::isInstance)) {
            graph.transferToDevice(DataTransferMode.EVERY_EXECUTION, batch.eventTimes());
        }
        graphs.add(graph);
        tasksBefore = tasks;
    }

    /** To be called before each operation: begins another graph where this one is full. */
    void makeRoom() {
        if (tasks - tasksBefore >= TASKS_OF_A_GRAPH) {
            beginGraph();
        }
    }

    /** The graph that tasks go into now. */
    TaskGraph graph() {
        return graphs.get(graphs.size() - 1);
    }

    /**
     * To be called once all is drawn: hands registers on.
     *
     * @return the graphs, in the order they have to run in
     */
    List<TaskGraph> finish() {
        for (int r = 0; r < registers.length; r++) {
            for (int g = firstGraph[r] + 1; g <= lastGraph[r]; g++) {
                TaskGraph before = graphs.get(g - 1);
                if (g - 1 == firstGraph[r]) {
                    before.persistOnDevice(registers[r]);
                }
                graphs.get(g).consumeFromDevice(before.getTaskGraphName(), registers[r]);
            }
        }
        return List.copyOf(graphs);
    }

    KernelContext context() {
        return launches.context();
    }

    /** (2): number of tokens, number of streams. */
    IntArray sizes() {
        return batch.sizes();
    }

    /** (maxStreams + 1) */
    IntArray offsets() {
        return batch.offsets();
    }

    /** (maxStreams) */
    IntArray slots() {
        return batch.slots();
    }

    /** (maxTokens), milliseconds since the epoch; travels only with plans that ask for it. */
    LongArray eventTimes() {
        return batch.eventTimes();
    }

    /** Values of {@code register}: {@code (T, width)}, row-major. */
    FloatArray values(Register register) {
        int r = register.index();
        if (firstGraph[r] < 0) {
            firstGraph[r] = graphs.size() - 1;
            registers[r] = keep(memory.floats((long) register.width() * maxTokens));
        }
        lastGraph[r] = graphs.size() - 1;
        return registers[r];
    }

    /** (capacity, rowFloats) */
    FloatArray states() {
        return states.floats();
    }

    /** (capacity, rowLongs) */
    LongArray counters() {
        return states.longs();
    }

    int rowFloats() {
        return states.rowFloats();
    }

    int rowLongs() {
        return states.rowLongs();
    }

    int maxTokens() {
        return maxTokens;
    }

    int maxStreams() {
        return maxStreams;
    }

    /** Names a task that runs with {@code items} work-items a token. */
    String perToken(String what, int items) {
        String task = name(what);
        launches.perToken(graph().getTaskGraphName(), task, items);
        return task;
    }

    /** Names a task that runs with {@code items} work-items for every {@code tokens} tokens. */
    String perTokens(String what, int tokens, int items, int group) {
        String task = name(what);
        launches.perTokens(graph().getTaskGraphName(), task, tokens, items, group);
        return task;
    }

    /** Names a task that runs with {@code items} work-items a stream. */
    String perStream(String what, int items) {
        String task = name(what);
        launches.perStream(graph().getTaskGraphName(), task, items);
        return task;
    }

    private String name(String what) {
        return what + tasks++;
    }

    /** Uploads a copy of {@code values} once and leaves it on the device. */
    FloatArray keep(float[] values) {
        FloatArray array = memory.floats(values.length);
        DeviceBatch.copy(values, values.length, array);
        return keep(array);
    }

    /** Uploads a copy of {@code values} once and leaves it on the device. */
    DoubleArray keep(double[] values) {
        DoubleArray array = memory.doubles(values.length);
        for (int i = 0; i < values.length; i++) {
            array.set(i, values[i]);
        }
        return keep(array);
    }

    /** Uploads a copy of {@code values} once and leaves it on the device. */
    IntArray keep(int[] values) {
        IntArray array = memory.ints(values.length);
        DeviceBatch.copy(values, values.length, array);
        return keep(array);
    }

    /** As {@link #keep(float[])}; {@code length} times {@code otherwise} where there are none. */
    FloatArray keepOr(float[] values, int length, float otherwise) {
        if (values != null) {
            return keep(values);
        }
        FloatArray array = memory.floats(length);
        array.init(otherwise);
        return keep(array);
    }

    /** Scratch memory on the device. */
    FloatArray scratchFloats(long length) {
        return keep(memory.floats(length));
    }

    /** Scratch memory on the device. */
    DoubleArray scratchDoubles(long length) {
        return keep(memory.doubles(length));
    }

    /** The coefficients of a linear system for every gap that a batch brings. */
    GapTables gaps(Stepping stepping) {
        GapTables tables =
                new GapTables(
                        name + "gaps" + gapTables.size(),
                        stepping,
                        maxTokens,
                        owner,
                        memory,
                        launches);
        tables.join(graph());
        gapTables.add(tables);
        return tables;
    }

    List<GapTables> gapTables() {
        return gapTables;
    }

    /** Adds the tokens of a stream to its step counter: to be drawn after all who read it. */
    void count(Segment steps) {
        graph().task(
                        perStream("count", 1),
                        DeviceRows::count,
                        context(),
                        sizes(),
                        offsets(),
                        slots(),
                        counters(),
                        rowLongs(),
                        steps.offset());
    }

    private <T extends TornadoNativeArray> T keep(T array) {
        graph().transferToDevice(DataTransferMode.FIRST_EXECUTION, array);
        return array;
    }
}
