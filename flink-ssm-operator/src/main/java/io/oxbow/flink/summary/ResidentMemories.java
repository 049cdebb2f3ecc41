package io.oxbow.flink.summary;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.runtime.state.KeyedStateBackend;

/**
 * The memories of the streams seen lately, as objects; sole owner of the keyed state they are
 * written back to. Events of a resident stream touch no state backend: a memory is written when it
 * gives way to another stream's, and before a checkpoint.
 *
 * <p>A clock decides who gives way: the hand passes over streams used since it last came by. What
 * is handed to the state backend is never touched again here, since a heap backend may still be
 * writing it to a checkpoint. Task thread only.
 */
final class ResidentMemories {
    private final KeyedStateBackend<String> backend;
    private final ValueState<StreamMemory> state;
    private final MemoryPlan plan;
    private final int capacity;
    private final Map<String, Resident> residents = new HashMap<>();
    private final List<Resident> clock = new ArrayList<>();
    private int hand;
    private long evictions;
    private long writeBacks;

    private static final class Resident {
        private String streamId;
        private StreamMemory memory;
        private boolean dirty;
        private boolean used;
    }

    ResidentMemories(
            KeyedStateBackend<String> backend,
            ValueState<StreamMemory> state,
            MemoryPlan plan,
            int capacity) {
        this.backend = backend;
        this.state = state;
        this.plan = plan;
        this.capacity = capacity;
    }

    int size() {
        return clock.size();
    }

    /** Memories that gave way to another stream's. */
    long evictions() {
        return evictions;
    }

    /** Memories written to the keyed state. */
    long writeBacks() {
        return writeBacks;
    }

    /**
     * The memory of the current key, which the caller will change; a new one if there is none.
     *
     * @param streamId the current key
     */
    StreamMemory forChange(String streamId) throws IOException {
        Resident resident = find(streamId);
        if (resident == null) {
            resident = admit(streamId, new StreamMemory(plan));
        }
        resident.dirty = true;
        return resident.memory;
    }

    /** Replaces the memory of the current key, which is resident, by a new one. */
    StreamMemory beginAnew() {
        Resident resident = residents.get(backend.getCurrentKey());
        long timer = resident.memory.timer();
        resident.memory = new StreamMemory(plan);
        // The timer that is set still stands.
        resident.memory.timer(timer);
        resident.dirty = true;
        return resident.memory;
    }

    /** Drops the memory of the current key, which is resident. */
    void forget() {
        Resident resident = residents.remove(backend.getCurrentKey());
        clock.remove(resident);
        hand = clock.isEmpty() ? 0 : hand % clock.size();
        state.clear();
    }

    /** The memory of the current key to read only, or null if there is none. */
    StreamMemory forReading(String streamId) throws IOException {
        Resident resident = find(streamId);
        return resident == null ? null : resident.memory;
    }

    private Resident find(String streamId) throws IOException {
        Resident resident = residents.get(streamId);
        if (resident == null) {
            StreamMemory stored = state.value();
            if (stored == null) {
                return null;
            }
            StreamMemory own = StreamMemorySerializer.INSTANCE.copy(stored);
            resident = admit(streamId, own.under(plan));
        }
        resident.used = true;
        return resident;
    }

    private Resident admit(String streamId, StreamMemory memory) throws IOException {
        Resident resident;
        if (clock.size() < capacity) {
            resident = new Resident();
            clock.add(resident);
        } else {
            resident = nextToGiveWay();
            residents.remove(resident.streamId);
            evictions++;
            if (resident.dirty) {
                backend.setCurrentKey(resident.streamId);
                state.update(resident.memory);
                writeBacks++;
                backend.setCurrentKey(streamId);
            }
        }
        resident.streamId = streamId;
        resident.memory = memory;
        resident.dirty = false;
        resident.used = true;
        residents.put(streamId, resident);
        return resident;
    }

    private Resident nextToGiveWay() {
        while (true) {
            Resident candidate = clock.get(hand);
            hand = (hand + 1) % clock.size();
            if (!candidate.used) {
                return candidate;
            }
            candidate.used = false;
        }
    }

    /** Writes all that changed to the keyed state. */
    void writeBack() throws IOException {
        for (Resident resident : clock) {
            if (resident.dirty) {
                backend.setCurrentKey(resident.streamId);
                state.update(StreamMemorySerializer.INSTANCE.copy(resident.memory));
                resident.dirty = false;
                writeBacks++;
            }
        }
    }
}
