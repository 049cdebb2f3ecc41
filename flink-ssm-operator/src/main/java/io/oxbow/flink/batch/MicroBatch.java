package io.oxbow.flink.batch;

import io.oxbow.compute.TokenBatch;
import io.oxbow.flink.event.Observation;
import io.oxbow.flink.state.ResidentStream;
import java.util.Arrays;

/**
 * Events waiting to be run together: staged in order of arrival, packed by stream.
 *
 * <p>Its streams are pinned from their first event until {@link #clear}. A stream may join another
 * batch as soon as this one is packed. Packing is a counting sort, so it keeps the order within a
 * stream; {@link #row} leads from an event's place of arrival to its row in the packed batch. All
 * memory is taken at construction. Not thread-safe.
 */
public final class MicroBatch {
    private final Observation[] events;
    private final ResidentStream<?>[] eventStreams;
    private final float[] dt;
    private final long[] stateVersions;
    private final int[] rows;
    private final ResidentStream<?>[] streams;
    private final int[] tokensOfStream;
    private final TokenBatch packed;
    private int size;
    private int streamCount;

    /**
     * @param maxStreams at most {@code maxTokens}
     */
    public MicroBatch(int inputDim, int maxTokens, int maxStreams) {
        this.events = new Observation[maxTokens];
        this.eventStreams = new ResidentStream<?>[maxTokens];
        this.dt = new float[maxTokens];
        this.stateVersions = new long[maxTokens];
        this.rows = new int[maxTokens];
        this.streams = new ResidentStream<?>[maxStreams];
        this.tokensOfStream = new int[maxStreams];
        this.packed = new TokenBatch(inputDim, maxTokens, maxStreams);
    }

    /**
     * Stages an event and pins its stream.
     *
     * @param dt seconds since the stream's previous event, or 1 in per-event mode
     * @param stateVersion events the stream has absorbed, this one included
     */
    public void add(Observation event, ResidentStream<?> stream, float dt, long stateVersion) {
        if (!holds(stream)) {
            stream.pin(streamCount);
            streams[streamCount] = stream;
            tokensOfStream[streamCount] = 0;
            streamCount++;
        }
        tokensOfStream[stream.place()]++;
        events[size] = event;
        eventStreams[size] = stream;
        this.dt[size] = dt;
        stateVersions[size] = stateVersion;
        size++;
    }

    /** The stream may be pinned by another batch, and its place be from there. */
    private boolean holds(ResidentStream<?> stream) {
        int place = stream.place();
        return place >= 0 && place < streamCount && streams[place] == stream;
    }

    public boolean isEmpty() {
        return size == 0;
    }

    public boolean isFull() {
        return size == events.length;
    }

    /** Events staged. */
    public int size() {
        return size;
    }

    /** Packs the staged events by stream, the streams in order of their first event. */
    public TokenBatch pack() {
        int[] offsets = packed.offsets();
        int[] slots = packed.slots();
        offsets[0] = 0;
        for (int s = 0; s < streamCount; s++) {
            offsets[s + 1] = offsets[s] + tokensOfStream[s];
            slots[s] = streams[s].slot();
            tokensOfStream[s] = offsets[s];
        }
        int width = packed.inputDim();
        float[] tokens = packed.tokens();
        for (int i = 0; i < size; i++) {
            Observation event = events[i];
            int row = tokensOfStream[eventStreams[i].place()]++;
            rows[i] = row;
            System.arraycopy(event.values(), 0, tokens, row * width, width);
            packed.dt()[row] = dt[i];
            packed.eventTimes()[row] = event.eventTime();
        }
        packed.size(size, streamCount);
        return packed;
    }

    /** The event that arrived {@code i}-th. */
    public Observation event(int i) {
        return events[i];
    }

    public long stateVersion(int i) {
        return stateVersions[i];
    }

    /** Row of the {@code i}-th arrived event in the packed batch. */
    public int row(int i) {
        return rows[i];
    }

    /** Unpins the streams and lets go of the events. */
    public void clear() {
        for (int s = 0; s < streamCount; s++) {
            streams[s].unpin();
        }
        Arrays.fill(streams, 0, streamCount, null);
        Arrays.fill(events, 0, size, null);
        Arrays.fill(eventStreams, 0, size, null);
        size = 0;
        streamCount = 0;
    }
}
