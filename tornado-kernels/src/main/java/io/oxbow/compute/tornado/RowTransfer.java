package io.oxbow.compute.tornado;

import io.oxbow.model.StateLayout;
import io.oxbow.model.StateRows;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * The way of state rows between host and device: a chunk of rows that crosses the bus, and the task
 * graphs that scatter it to its slots and gather it from them.
 */
final class RowTransfer {
    private final StateLayout layout;
    private final int chunk;
    private final Launches launches;
    private final IntArray rowCount;
    private final IntArray rowSlots;
    private final DeviceStates rows;

    /**
     * @param chunk rows that cross at once at most
     */
    RowTransfer(StateLayout layout, int chunk, DeviceMemory memory, Launches launches) {
        this.layout = layout;
        this.chunk = chunk;
        this.launches = launches;
        this.rowCount = memory.ints(1);
        this.rowSlots = memory.ints(chunk);
        this.rows = DeviceStates.allocate(memory, layout, chunk);
    }

    int chunk() {
        return chunk;
    }

    /** Writes the chunk to its slots of {@code states}, and keeps {@code states} on the device. */
    TaskGraph write(String name, DeviceStates states) {
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
        if (layout.longs() > 0) {
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
        return graph.persistOnDevice(states.floats(), states.longs());
    }

    /** Reads the chunk from its slots of {@code states}. */
    TaskGraph read(String name, DeviceStates states) {
        launches.perRow(name, "gather", rows.rowFloats());
        TaskGraph graph =
                new TaskGraph(name)
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
        if (layout.longs() > 0) {
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

    /** Names the next slots to the device, a chunk at most, and returns how many they are. */
    int select(int[] slots, int from, int count) {
        int moved = Math.min(chunk, count - from);
        for (int r = 0; r < moved; r++) {
            rowSlots.set(r, slots[from + r]);
        }
        rowCount.set(0, moved);
        launches.resizeRows(moved);
        return moved;
    }

    /** Fills the chunk with {@code count} rows from {@code from} on. */
    void put(StateRows source, int from, int count) {
        int floats = layout.floats();
        int longs = layout.longs();
        DeviceBatch.copy(source.floats(), from * floats, count * floats, rows.floats());
        DeviceBatch.copy(source.longs(), from * longs, count * longs, rows.longs());
    }

    /** Copies {@code count} rows of the chunk to the rows from {@code to} on. */
    void take(StateRows target, int to, int count) {
        int floats = layout.floats();
        int longs = layout.longs();
        DeviceBatch.copy(rows.floats(), target.floats(), to * floats, count * floats);
        DeviceBatch.copy(rows.longs(), target.longs(), to * longs, count * longs);
    }
}
