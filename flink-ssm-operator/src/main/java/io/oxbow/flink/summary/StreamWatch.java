package io.oxbow.flink.summary;

import io.oxbow.flink.event.Anomaly;
import io.oxbow.flink.event.Health;
import io.oxbow.flink.event.Inference;
import io.oxbow.flink.event.StateReset;

/**
 * What happens to a stream's memory as its events and its time pass.
 *
 * <p>Some things become due without an event: a window ends, a novelty is over, a silence grows too
 * long. Each is done as of its due time, in the order of due times, before the first event at or
 * past it is taken in, or when {@link #passTime} says that no earlier event will come. Which of the
 * two it was, and when, cannot be seen in what is found or in the memory. Works on one memory at a
 * time; single-threaded.
 */
final class StreamWatch {
    private final SummarySettings settings;
    private final MemoryPlan plan;
    private final SummaryWriter summaries;
    private final AnomalyWriter anomalies;
    private final Findings findings;
    private final EventReading reading;
    private final NoveltyWatch novelties;

    StreamWatch(SummarySettings settings, MemoryPlan plan, Findings findings) {
        this.settings = settings;
        this.plan = plan;
        this.findings = findings;
        this.reading = new EventReading(settings, plan);
        this.summaries = new SummaryWriter(settings, plan);
        this.anomalies = new AnomalyWriter(settings.meanings());
        this.novelties = new NoveltyWatch(settings, plan, anomalies, findings);
    }

    /** Takes in one event, and before it all that became due. */
    void see(StreamMemory memory, Inference event) {
        long time = event.eventTime();
        if (time < memory.lastEventTime()) {
            takeLate(memory, event);
            return;
        }
        arrive(memory, event.streamId(), time);
        noteHealth(memory, event);
        float[] values = reading.of(event);
        for (int i = 0; i < plan.spanCount(); i++) {
            memory.span(i).add(plan.span(i), time, values);
        }
        memory.history().add(time, values);
        memory.totals()
                .countEvent(event.stateVersion(), event.encoderHash(), event.values().length);
        novelties.judge(memory, event);
    }

    private void takeLate(StreamMemory memory, Inference event) {
        float[] values = reading.of(event);
        for (int i = 0; i < plan.spanCount(); i++) {
            memory.span(i).addLate(event.eventTime(), values);
        }
        memory.history().add(event.eventTime(), values);
        memory.totals().countLate();
    }

    /** Takes in that the model's state began anew. */
    void see(StreamMemory memory, StateReset reset) {
        long time = Math.max(reset.eventTime(), memory.lastEventTime());
        arrive(memory, reset.streamId(), time);
        memory.totals().countReset();
        findings.anomaly(anomalies.stateReset(reset));
    }

    /** Does all that is due at or before {@code time}; no event before it will come. */
    void passTime(StreamMemory memory, String streamId, long time) {
        for (long due = nextDue(memory); due <= time; due = nextDue(memory)) {
            if (memory.novelty().running() && memory.novelty().endsAt() == due) {
                novelties.end(memory, streamId, due);
            } else if (offlineDue(memory) == due) {
                goOffline(memory, streamId, due - 1);
            } else {
                endWindow(memory, streamId, due);
            }
        }
    }

    /**
     * Whether an event at that time finds the stream forgotten: silent for longer than its time to
     * live. Decided by the event alone, so it is the same in every run.
     */
    boolean isOver(StreamMemory memory, long time) {
        return settings.ttl() > 0
                && memory.lastEventTime() != StreamMemory.NONE
                && time - memory.lastEventTime() > settings.ttl();
    }

    /**
     * When the memory may be freed, or {@link Long#MAX_VALUE}: twice the time to live after the
     * last event, so that no event it could matter to is still on its way, and with no summary to
     * come.
     */
    long freedAt(StreamMemory memory) {
        return settings.ttl() == 0 || memory.lastEventTime() == StreamMemory.NONE
                ? Long.MAX_VALUE
                : memory.lastEventTime() + 2 * settings.ttl();
    }

    /** When something next becomes due, or {@link Long#MAX_VALUE}. */
    long nextDue(StreamMemory memory) {
        long due = offlineDue(memory);
        NoveltyEpisode novelty = memory.novelty();
        if (novelty.running()) {
            due = Math.min(due, novelty.endsAt());
        }
        for (int i = 0; i < plan.spanCount(); i++) {
            long windowTo = memory.span(i).windowTo();
            if (windowTo != SpanMemory.NONE) {
                due = Math.min(due, windowTo);
            }
        }
        return due;
    }

    /** The first moment at which the silence is longer than its limit. */
    private long offlineDue(StreamMemory memory) {
        return memory.offline() || !memory.rhythm().known()
                ? Long.MAX_VALUE
                : dataUntil(memory) + 1;
    }

    /** Up to when the last event vouches for the stream. */
    private long dataUntil(StreamMemory memory) {
        return memory.lastEventTime() + memory.rhythm().silenceLimit(settings.offlineAfter());
    }

    private void arrive(StreamMemory memory, String streamId, long time) {
        long dataUntil = time;
        if (memory.lastEventTime() != StreamMemory.NONE) {
            passTime(memory, streamId, time);
            learnBaseline(memory, time);
            dataUntil = Math.min(time, dataUntil(memory));
        }
        for (int i = 0; i < plan.spanCount(); i++) {
            memory.span(i).advance(plan.span(i), time, dataUntil);
        }
        memory.history().advance(plan.history(), time, dataUntil);
        if (memory.offline()) {
            comeBack(memory, streamId, time);
        }
        memory.reach(time, settings.offlineAfter());
    }

    /** A day's hours become part of what is usual when the day is over, not while it lasts. */
    private void learnBaseline(StreamMemory memory, long time) {
        long lastDay = Math.floorDiv(memory.lastEventTime(), SpanPlan.DAY);
        if (lastDay == Math.floorDiv(time, SpanPlan.DAY)) {
            return;
        }
        CellCounters counters = memory.span(plan.day()).counters();
        for (int h = 0; h < 24; h++) {
            long hour = lastDay * SpanPlan.DAY + h * SpanPlan.HOUR;
            CellCounters.Tally tally = counters.tally(hour, hour + SpanPlan.HOUR);
            if (tally.events() > 0 && tally.coveredMillis() * 2 >= SpanPlan.HOUR) {
                memory.baseline().learn(hour, tally.mean());
            }
        }
    }

    private void goOffline(StreamMemory memory, String streamId, long since) {
        memory.offline(true);
        memory.healthLog().open(Health.OFFLINE, since);
        findings.anomaly(
                anomalies.health(streamId, Health.OFFLINE, Anomaly.Phase.OPEN, since, since));
    }

    private void comeBack(StreamMemory memory, String streamId, long time) {
        memory.offline(false);
        long since = memory.healthLog().openSince(Health.OFFLINE, time);
        // An event behind the watermark may be older than the silence it ends.
        long back = Math.max(since, time);
        memory.healthLog().close(Health.OFFLINE, back);
        findings.anomaly(
                anomalies.health(streamId, Health.OFFLINE, Anomaly.Phase.CLOSE, since, back));
    }

    private void endWindow(StreamMemory memory, String streamId, long to) {
        for (int i = 0; i < plan.spanCount(); i++) {
            SpanMemory span = memory.span(i);
            if (span.windowTo() == to) {
                span.advance(plan.span(i), to, Math.min(to, dataUntil(memory)));
                if (plan.span(i).summarised()) {
                    findings.summary(
                            summaries.ofWindow(memory, streamId, i, novelties.alarmAt(memory)));
                }
                span.closeWindow();
            }
        }
    }

    private void noteHealth(StreamMemory memory, Inference event) {
        Health before = memory.health();
        Health now = event.health();
        if (now == before || now == Health.UNKNOWN || now == Health.OFFLINE) {
            return;
        }
        long time = event.eventTime();
        memory.health(now);
        if (before != Health.OK) {
            long since = memory.healthLog().openSince(before, time);
            memory.healthLog().close(before, time);
            tellHealth(event.streamId(), before, Anomaly.Phase.CLOSE, since, time);
        }
        if (now != Health.OK) {
            memory.healthLog().open(now, time);
            tellHealth(event.streamId(), now, Anomaly.Phase.OPEN, time, time);
        }
    }

    private void tellHealth(
            String streamId, Health kind, Anomaly.Phase phase, long since, long time) {
        if (kind != Health.NIGHT) {
            findings.anomaly(anomalies.health(streamId, kind, phase, since, time));
        }
    }
}
