package io.oxbow.flink.summary;

import io.oxbow.flink.event.Health;
import io.oxbow.flink.event.HealthInterval;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * The last stretches of time in which the sensor could not be believed. A ring: the oldest give way
 * to the newest. Not thread-safe.
 */
final class HealthLog {
    static final int CAPACITY = 48;
    static final int BYTES = 1 + 1 + CAPACITY * (1 + 8 + 8);

    private static final Health[] KINDS = Health.values();

    private final Health[] kind = new Health[CAPACITY];
    private final long[] from = new long[CAPACITY];
    private final long[] to = new long[CAPACITY];
    private int next;
    private int size;

    void open(Health what, long since) {
        kind[next] = what;
        from[next] = since;
        to[next] = HealthInterval.OPEN;
        next = (next + 1) % CAPACITY;
        size = Math.min(size + 1, CAPACITY);
    }

    /** Start of the open interval of that kind; {@code otherwise} if there is none. */
    long openSince(Health what, long otherwise) {
        int open = openIndex(what);
        return open < 0 ? otherwise : from[open];
    }

    /** Ends the open interval of that kind, if there is one. */
    void close(Health what, long at) {
        int open = openIndex(what);
        if (open >= 0) {
            to[open] = at;
        }
    }

    private int openIndex(Health what) {
        for (int i = 0; i < size; i++) {
            if (kind[i] == what && to[i] == HealthInterval.OPEN) {
                return i;
            }
        }
        return -1;
    }

    /** The intervals that touch {@code [start, end)}, oldest first, whole. */
    List<HealthInterval> touching(long start, long end) {
        List<HealthInterval> intervals = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            if (from[i] < end && to[i] > start) {
                intervals.add(new HealthInterval(kind[i], from[i], to[i]));
            }
        }
        intervals.sort(
                Comparator.comparingLong(HealthInterval::from)
                        .thenComparing(HealthInterval::kind)
                        .thenComparingLong(HealthInterval::to));
        return intervals;
    }

    /** Always {@link #BYTES} bytes. */
    void write(DataOutputView out) throws IOException {
        out.writeByte(next);
        out.writeByte(size);
        for (int i = 0; i < CAPACITY; i++) {
            boolean used = i < size;
            out.writeByte(used ? kind[i].ordinal() : 0);
            out.writeLong(used ? from[i] : 0);
            out.writeLong(used ? to[i] : 0);
        }
    }

    static HealthLog read(DataInputView in) throws IOException {
        HealthLog log = new HealthLog();
        log.next = in.readUnsignedByte();
        log.size = in.readUnsignedByte();
        if (log.next >= CAPACITY || log.size > CAPACITY) {
            throw new IOException(log.size + " health intervals in a ring of " + CAPACITY);
        }
        for (int i = 0; i < CAPACITY; i++) {
            int ordinal = in.readUnsignedByte();
            if (ordinal >= KINDS.length) {
                throw new IOException("health " + ordinal + " is unknown");
            }
            log.kind[i] = KINDS[ordinal];
            log.from[i] = in.readLong();
            log.to[i] = in.readLong();
        }
        return log;
    }
}
