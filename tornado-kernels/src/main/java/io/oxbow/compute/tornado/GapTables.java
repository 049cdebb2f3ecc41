package io.oxbow.compute.tornado;

import io.oxbow.compute.TokenBatch;
import io.oxbow.model.TimeMode;
import io.oxbow.plan.Stepping;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.types.arrays.DoubleArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * The coefficient tables of a {@link Stepping} on the device, and which of them each token uses.
 *
 * <p>Per event there is one table. In event time a cache of tables is kept on the device, in which
 * a cell of the gap grid may lie in any of {@link #WAYS} neighbouring entries; missing tables are
 * filled on the host and scattered to their entries before the step. A token whose gap finds no
 * entry because the tokens before it hold them all ends the stretch that is run at once: where a
 * batch is cut does not change its results. Not thread-safe.
 */
final class GapTables {
    private static final int CACHE_BYTES = 4 << 20;
    private static final int MAX_ENTRIES = 256;
    private static final int WAYS = 8;
    private static final int MAX_FRESH = 16;

    private final Stepping stepping;
    private final int size;
    private final DoubleArray tables;
    private final IntArray entryOf;
    private final TaskGraph graph;
    private final IntArray freshCount;
    private final IntArray freshEntries;
    private final DoubleArray fresh;
    private final double[] filled;
    private final int[] cells;
    private final long[] usedBy;
    private long stretch;

    GapTables(
            String name,
            Stepping stepping,
            int maxTokens,
            TaskGraph owner,
            DeviceMemory memory,
            Launches launches) {
        this.stepping = stepping;
        this.size = stepping.discretisation().size();
        boolean one = stepping.mode() == TimeMode.PER_EVENT;
        int affordable = CACHE_BYTES / (Double.BYTES * Math.max(1, size));
        int entries = one ? 1 : Math.max(WAYS, Math.min(MAX_ENTRIES, affordable)) + 1;
        this.tables = memory.doubles((long) entries * size);
        this.entryOf = memory.ints(maxTokens);
        this.filled = stepping.nominal();
        this.cells = new int[entries];
        this.usedBy = new long[entries];
        for (int i = 0; i < size; i++) {
            tables.set(i, filled[i]);
        }
        int most = one ? 1 : Math.min(MAX_FRESH, entries);
        this.freshCount = memory.ints(1);
        this.freshEntries = memory.ints(most);
        this.fresh = memory.doubles((long) most * size);
        this.graph = one ? null : graph(name, owner, launches, most);
    }

    private TaskGraph graph(String name, TaskGraph owner, Launches launches, int most) {
        // TornadoVM keeps only what a task of the owner has seen.
        launches.fixed(owner.getTaskGraphName(), name, 1);
        owner.transferToDevice(DataTransferMode.FIRST_EXECUTION, tables)
                .task(name, DeviceRows::touch, launches.context(), tables)
                .persistOnDevice(tables);
        launches.fixed(name, "scatter", most * size);
        return new TaskGraph(name)
                .transferToDevice(DataTransferMode.EVERY_EXECUTION, freshCount, freshEntries, fresh)
                .task(
                        "scatter",
                        DeviceRows::scatterTables,
                        launches.context(),
                        freshCount,
                        freshEntries,
                        fresh,
                        tables,
                        size);
    }

    /** Makes the tables readable for the tasks of {@code step}. */
    void join(TaskGraph step) {
        if (graph == null) {
            step.transferToDevice(DataTransferMode.FIRST_EXECUTION, tables, entryOf);
        } else {
            step.transferToDevice(DataTransferMode.EVERY_EXECUTION, entryOf);
        }
    }

    /** (entries, size) */
    DoubleArray tables() {
        return tables;
    }

    /** (maxTokens): entry of the token's table. */
    IntArray entryOf() {
        return entryOf;
    }

    /** Doubles of one table. */
    int size() {
        return size;
    }

    /** Whether tables have to be brought to the device from batch to batch. */
    boolean travels() {
        return graph != null;
    }

    /** Brings missing tables to the device. */
    TaskGraph graph() {
        return graph;
    }

    /**
     * Finds an entry for each of the tokens {@code from .. to} and brings missing tables to the
     * device.
     *
     * @param upload runs this object's task graph
     * @return the first token that found no entry, or {@code to}
     */
    int assign(TokenBatch batch, int from, int to, Runnable upload) {
        stretch++;
        int missing = 0;
        int t = from;
        for (; t < to; t++) {
            int cell = stepping.cell(batch.dt()[t]);
            int entry = cell == 0 ? 0 : find(cell);
            if (entry < 0) {
                break;
            }
            if (entry > 0 && cells[entry] != cell) {
                if (missing == freshEntries.getSize()) {
                    upload(missing, upload);
                    missing = 0;
                }
                stepping.discretisation().fill(Stepping.ratio(cell), filled);
                for (int i = 0; i < size; i++) {
                    fresh.set(missing * size + i, filled[i]);
                }
                freshEntries.set(missing++, entry);
                cells[entry] = cell;
            }
            usedBy[entry] = stretch;
            entryOf.set(t - from, entry);
        }
        if (missing > 0) {
            upload(missing, upload);
        }
        return t;
    }

    private void upload(int count, Runnable upload) {
        freshCount.set(0, count);
        upload.run();
    }

    /** The entry that holds {@code cell} or may be filled with it, or -1. Entry 0 is nominal. */
    private int find(int cell) {
        int ring = cells.length - 1;
        int start = Math.floorMod(cell, ring);
        int free = -1;
        for (int way = 0; way < WAYS; way++) {
            int entry = 1 + (start + way) % ring;
            if (cells[entry] == cell) {
                return entry;
            }
            if (free < 0 && usedBy[entry] < stretch) {
                free = entry;
            }
        }
        return free;
    }
}
