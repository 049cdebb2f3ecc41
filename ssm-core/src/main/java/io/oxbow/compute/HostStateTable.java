package io.oxbow.compute;

import io.oxbow.model.StateLayout;
import io.oxbow.model.StateRows;

/** A {@link StateTable} in Java arrays, for backends that run on the CPU. */
public final class HostStateTable implements StateTable {
    private final StateRows rows;
    private final StateRows initial;

    /**
     * @param initial one row: the state of a stream that has seen nothing
     * @param capacity number of slots
     */
    public HostStateTable(StateRows initial, int capacity) {
        if (initial.count() != 1) {
            throw new IllegalArgumentException("the initial state must be one row");
        }
        this.initial = initial;
        this.rows = new StateRows(initial.layout(), capacity);
    }

    /** All rows; row index = slot. */
    public StateRows rows() {
        return rows;
    }

    @Override
    public StateLayout layout() {
        return rows.layout();
    }

    @Override
    public int capacity() {
        return rows.count();
    }

    @Override
    public void readRows(int[] slots, int count, StateRows into) {
        for (int i = 0; i < count; i++) {
            into.copyRow(rows, slots[i], i);
        }
    }

    @Override
    public void writeRows(int[] slots, int count, StateRows from) {
        for (int i = 0; i < count; i++) {
            rows.copyRow(from, i, slots[i]);
        }
    }

    @Override
    public void initRows(int[] slots, int count) {
        for (int i = 0; i < count; i++) {
            rows.copyRow(initial, 0, slots[i]);
        }
    }

    @Override
    public void close() {}
}
