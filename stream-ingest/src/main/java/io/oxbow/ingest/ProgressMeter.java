package io.oxbow.ingest;

import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Counts what is written and tells about it once a second. One thread. */
public final class ProgressMeter {
    private static final long TELL_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Consumer<IngestProgress> listener;
    private final long startNanos = System.nanoTime();
    private long toldNanos = startNanos;
    private long events;
    private long skipped;
    private long bytes;
    private long firstEventTime;
    private long lastEventTime;

    public ProgressMeter(Consumer<IngestProgress> listener) {
        this.listener = listener;
    }

    public void wrote(long eventTime, long byteCount) {
        if (events++ == 0) {
            firstEventTime = eventTime;
        }
        lastEventTime = eventTime;
        bytes += byteCount;
        long now = System.nanoTime();
        if (now - toldNanos >= TELL_NANOS) {
            toldNanos = now;
            listener.accept(progress());
        }
    }

    public void addBytes(long byteCount) {
        bytes += byteCount;
    }

    public void skipped(long count) {
        skipped += count;
    }

    public long events() {
        return events;
    }

    public long lastEventTime() {
        return lastEventTime;
    }

    public IngestProgress progress() {
        double seconds = (System.nanoTime() - startNanos) / 1e9;
        return new IngestProgress(events, skipped, bytes, firstEventTime, lastEventTime, seconds);
    }
}
