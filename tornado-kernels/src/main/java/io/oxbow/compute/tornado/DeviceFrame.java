package io.oxbow.compute.tornado;

import io.oxbow.model.StateLayout.Segment;
import io.oxbow.plan.Register;
import io.oxbow.plan.StepPlan;
import io.oxbow.plan.Stepping;
import java.util.ArrayList;
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
 */
final class DeviceFrame {
    private final TaskGraph graph;
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
    private int tasks;

    /**
     * @param owner the task graph that keeps on the device what several graphs touch
     */
    DeviceFrame(
            TaskGraph graph,
            TaskGraph owner,
            StepPlan plan,
            DeviceBatch batch,
            DeviceStates states,
            DeviceMemory memory,
            Launches launches,
            int maxTokens,
            int maxStreams) {
        this.graph = graph;
        this.owner = owner;
        this.plan = plan;
        this.batch = batch;
        this.states = states;
        this.memory = memory;
        this.launches = launches;
        this.maxTokens = maxTokens;
        this.maxStreams = maxStreams;
        this.registers = new FloatArray[plan.registers().size()];
        registers[0] = batch.tokens();
        for (Register register : plan.registers().subList(1, registers.length)) {
            registers[register.index()] = keep(memory.floats((long) register.width() * maxTokens));
        }
    }

    TaskGraph graph() {
        return graph;
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
        return registers[register.index()];
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
        launches.perToken(graph.getTaskGraphName(), task, items);
        return task;
    }

    /** Names a task that runs with {@code items} work-items for every {@code tokens} tokens. */
    String perTokens(String what, int tokens, int items, int group) {
        String task = name(what);
        launches.perTokens(graph.getTaskGraphName(), task, tokens, items, group);
        return task;
    }

    /** Names a task that runs with {@code items} work-items a stream. */
    String perStream(String what, int items) {
        String task = name(what);
        launches.perStream(graph.getTaskGraphName(), task, items);
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
                        graph.getTaskGraphName() + "gaps" + gapTables.size(),
                        stepping,
                        maxTokens,
                        owner,
                        memory,
                        launches);
        tables.join(graph);
        gapTables.add(tables);
        return tables;
    }

    List<GapTables> gapTables() {
        return gapTables;
    }

    /** Adds the tokens of a stream to its step counter: to be drawn after all who read it. */
    void count(Segment steps) {
        graph.task(
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
        graph.transferToDevice(DataTransferMode.FIRST_EXECUTION, array);
        return array;
    }
}
