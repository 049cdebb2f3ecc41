package io.oxbow.flink.summary;

import io.oxbow.flink.event.Health;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * All that is remembered of one stream beside its model's state; fixed in size. What happens to it
 * is {@link StreamWatch}'s business. Not thread-safe.
 */
final class StreamMemory {
    /** No such time yet. */
    static final long NONE = Long.MIN_VALUE;

    /** From year 1 to 9999: a time outside is damage, and would end in overflows. */
    static final long EARLIEST = -62_135_596_800_000L;

    static final long LATEST = 253_402_300_799_999L;

    private static final int BYTES_AT_THE_END = Rhythm.BYTES + StreamTotals.BYTES + 8 + 1 + 1;
    private static final Health[] HEALTH = Health.values();

    private final SpanMemory[] spans;
    private final HistoryMemory history;
    private final PeakList recentPeaks;
    private final HealthLog healthLog;
    private final WeekBaseline baseline;
    private final NoveltyEpisode novelty;
    private final Rhythm rhythm;
    private final StreamTotals totals;

    private Health health = Health.OK;
    private boolean offline;

    /** The timer that stands for this stream, or {@link #NONE}. */
    private long timer = NONE;

    StreamMemory(MemoryPlan plan) {
        this(
                new SpanMemory[plan.spanCount()],
                new HistoryMemory(plan.curves(), plan.history().order()),
                new PeakList(MemoryPlan.RECENT_PEAKS),
                new HealthLog(),
                new WeekBaseline(),
                new NoveltyEpisode(),
                new Rhythm(),
                new StreamTotals());
        for (int i = 0; i < spans.length; i++) {
            spans[i] = new SpanMemory(plan.span(i), plan.curves(), plan.peaks());
        }
    }

    private StreamMemory(
            SpanMemory[] spans,
            HistoryMemory history,
            PeakList recentPeaks,
            HealthLog healthLog,
            WeekBaseline baseline,
            NoveltyEpisode novelty,
            Rhythm rhythm,
            StreamTotals totals) {
        this.spans = spans;
        this.history = history;
        this.recentPeaks = recentPeaks;
        this.healthLog = healthLog;
        this.baseline = baseline;
        this.novelty = novelty;
        this.rhythm = rhythm;
        this.totals = totals;
    }

    /** Size under a plan, with the version in front. */
    static int bytes(MemoryPlan plan) {
        int bytes = 1 + 1;
        for (int i = 0; i < plan.spanCount(); i++) {
            bytes += SpanMemory.bytes(plan.span(i), plan.curves(), plan.peaks());
        }
        int recent = 4 + MemoryPlan.RECENT_PEAKS * PeakList.BYTES_PER_PEAK;
        return bytes
                + recent
                + HistoryMemory.bytes(plan.curves(), plan.history().order())
                + HealthLog.BYTES
                + WeekBaseline.BYTES
                + NoveltyEpisode.BYTES
                + BYTES_AT_THE_END;
    }

    SpanMemory span(int index) {
        return spans[index];
    }

    HistoryMemory history() {
        return history;
    }

    PeakList recentPeaks() {
        return recentPeaks;
    }

    HealthLog healthLog() {
        return healthLog;
    }

    WeekBaseline baseline() {
        return baseline;
    }

    NoveltyEpisode novelty() {
        return novelty;
    }

    Rhythm rhythm() {
        return rhythm;
    }

    StreamTotals totals() {
        return totals;
    }

    long firstEventTime() {
        return totals.firstEventTime();
    }

    /** Latest event time seen, or {@link #NONE}. */
    long lastEventTime() {
        return totals.lastEventTime();
    }

    /** What the sensor last said of itself; never {@code OFFLINE} or {@code UNKNOWN}. */
    Health health() {
        return health;
    }

    long timer() {
        return timer;
    }

    void timer(long at) {
        timer = at;
    }

    void health(Health now) {
        health = now;
    }

    /** Whether it has been silent for longer than its limit. */
    boolean offline() {
        return offline;
    }

    void offline(boolean now) {
        offline = now;
    }

    /** Moves the present to {@code time}, no earlier than the last. */
    void reach(long time, long offlineAfter) {
        if (lastEventTime() != NONE) {
            rhythm.note(time - lastEventTime(), offlineAfter);
        }
        totals.reach(time);
    }

    void write(DataOutputView out) throws IOException {
        out.writeByte(spans.length);
        for (SpanMemory span : spans) {
            span.write(out);
        }
        history.write(out);
        recentPeaks.write(out);
        healthLog.write(out);
        baseline.write(out);
        novelty.write(out);
        rhythm.write(out);
        totals.write(out);
        out.writeLong(timer);
        out.writeByte(health.ordinal());
        out.writeBoolean(offline);
    }

    /**
     * @param version of the format, from {@link StreamMemorySerializer#OLDEST}
     */
    static StreamMemory read(DataInputView in, int version) throws IOException {
        int count = in.readUnsignedByte();
        if (count > MemoryPlan.MAX_SPANS) {
            throw new IOException(count + " spans in a memory");
        }
        SpanMemory[] spans = new SpanMemory[count];
        for (int i = 0; i < count; i++) {
            spans[i] = SpanMemory.read(in);
        }
        StreamMemory memory =
                new StreamMemory(
                        spans,
                        HistoryMemory.read(in),
                        PeakList.read(in),
                        HealthLog.read(in),
                        WeekBaseline.read(in),
                        NoveltyEpisode.read(in, version >= StreamMemorySerializer.WITH_EVIDENCE),
                        Rhythm.read(in),
                        StreamTotals.read(in));
        memory.timer = in.readLong();
        int ordinal = in.readUnsignedByte();
        if (ordinal >= HEALTH.length) {
            throw new IOException("health " + ordinal + " is unknown");
        }
        memory.health = HEALTH[ordinal];
        memory.offline = in.readBoolean();
        return memory;
    }

    /**
     * The same memory under a plan: spans the plan still has are kept, new ones begin empty, others
     * are dropped.
     */
    StreamMemory under(MemoryPlan plan) {
        SpanMemory[] planned = new SpanMemory[plan.spanCount()];
        boolean same = planned.length == spans.length;
        for (int i = 0; i < planned.length; i++) {
            planned[i] = kept(plan.span(i), plan.curves());
            same &= i < spans.length && planned[i] == spans[i];
            if (planned[i] == null) {
                planned[i] = new SpanMemory(plan.span(i), plan.curves(), plan.peaks());
            }
            planned[i].limitPeaks(plan.peaks());
        }
        boolean keepsHistory = history.fits(plan.curves(), plan.history().order());
        if (same && keepsHistory) {
            return this;
        }
        StreamMemory memory =
                new StreamMemory(
                        planned,
                        keepsHistory
                                ? history
                                : new HistoryMemory(plan.curves(), plan.history().order()),
                        recentPeaks,
                        healthLog,
                        baseline,
                        novelty,
                        rhythm,
                        totals);
        memory.health = health;
        memory.offline = offline;
        memory.timer = timer;
        return memory;
    }

    private SpanMemory kept(SpanPlan plan, int curves) {
        for (SpanMemory span : spans) {
            if (span.fits(plan, curves)) {
                return span;
            }
        }
        return null;
    }
}
