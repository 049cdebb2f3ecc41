package io.oxbow.flink.summary;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** The events of one stream: how many, from when to when, and what the last one was. */
final class StreamTotals {
    static final int BYTES = 8 * 8 + 4;

    private long firstEventTime = StreamMemory.NONE;
    private long lastEventTime = StreamMemory.NONE;
    private long events;
    private long lateEvents;
    private long judgedEvents;
    private long resets;
    private long stateVersion;

    /** Says what the channels of the last event are. */
    private long encoderHash;

    private int inputDim;

    long firstEventTime() {
        return firstEventTime;
    }

    /** The latest, or {@link StreamMemory#NONE}. */
    long lastEventTime() {
        return lastEventTime;
    }

    long events() {
        return events;
    }

    /** Events that came after a later one of their stream. */
    long lateEvents() {
        return lateEvents;
    }

    /** Events whose p-value was known: 0 while the model is still learning. */
    long judgedEvents() {
        return judgedEvents;
    }

    /** Times the model's state was reset. */
    long resets() {
        return resets;
    }

    /** Of the last event. */
    long stateVersion() {
        return stateVersion;
    }

    /** Of the last event's encoder. */
    long encoderHash() {
        return encoderHash;
    }

    /** Length of the last event's vector. */
    int inputDim() {
        return inputDim;
    }

    /** Moves the present to {@code time}, no earlier than the last. */
    void reach(long time) {
        if (lastEventTime == StreamMemory.NONE) {
            firstEventTime = time;
        }
        lastEventTime = time;
    }

    void countEvent(long version, long encoder, int dim) {
        events++;
        stateVersion = version;
        encoderHash = encoder;
        inputDim = dim;
    }

    void countLate() {
        events++;
        lateEvents++;
    }

    void countJudged() {
        judgedEvents++;
    }

    void countReset() {
        resets++;
    }

    /** Always {@link #BYTES} bytes. */
    void write(DataOutputView out) throws IOException {
        out.writeLong(firstEventTime);
        out.writeLong(lastEventTime);
        out.writeLong(events);
        out.writeLong(lateEvents);
        out.writeLong(judgedEvents);
        out.writeLong(resets);
        out.writeLong(stateVersion);
        out.writeLong(encoderHash);
        out.writeInt(inputDim);
    }

    static StreamTotals read(DataInputView in) throws IOException {
        StreamTotals totals = new StreamTotals();
        totals.firstEventTime = in.readLong();
        totals.lastEventTime = in.readLong();
        totals.events = in.readLong();
        totals.lateEvents = in.readLong();
        totals.judgedEvents = in.readLong();
        totals.resets = in.readLong();
        totals.stateVersion = in.readLong();
        totals.encoderHash = in.readLong();
        totals.inputDim = in.readInt();
        return totals;
    }
}
