package io.oxbow.flink.summary;

import io.oxbow.flink.event.Anomaly;
import io.oxbow.flink.event.Inference;

/**
 * Tells which events of a stream are unusual enough to be remembered and told of, and joins them to
 * episodes. Works on one memory at a time; single-threaded.
 */
final class NoveltyWatch {
    /** A chance hit may not come more often than this within the quiet interval. */
    private static final double CHANCE_HITS = 0.1;

    /** An event less unusual than this is never part of a novelty. */
    private static final double LARGEST_P_VALUE = 0.05;

    private static final int SLOW_GAPS = 3;

    private final SummarySettings settings;
    private final MemoryPlan plan;
    private final AnomalyWriter anomalies;
    private final Findings findings;

    NoveltyWatch(
            SummarySettings settings, MemoryPlan plan, AnomalyWriter anomalies, Findings findings) {
        this.settings = settings;
        this.plan = plan;
        this.anomalies = anomalies;
        this.findings = findings;
    }

    /** The p-value that chance reaches as often as alerts are allowed to come by chance. */
    double alarmAt(StreamMemory memory) {
        return Math.min(
                LARGEST_P_VALUE,
                settings.expectedPerDay() * memory.rhythm().meanGap() / SpanPlan.DAY);
    }

    /** Takes in an event that the memory already counts. */
    void judge(StreamMemory memory, Inference event) {
        boolean judged = !Float.isNaN(event.pValue());
        if (judged) {
            memory.totals().countJudged();
        }
        if (!memory.rhythm().known()) {
            return;
        }
        float pValue = judged ? event.pValue() : 1;
        long quiet =
                Math.max(settings.closeAfter(), (long) (SLOW_GAPS * memory.rhythm().meanGap()));
        double alarmAt = alarmAt(memory);
        double hitAt =
                Math.max(
                        alarmAt,
                        Math.min(LARGEST_P_VALUE, CHANCE_HITS * memory.rhythm().meanGap() / quiet));
        boolean scoreAlarms = event.score() > settings.scoreAbove();
        if (pValue <= hitAt || scoreAlarms) {
            hit(memory, event, pValue, quiet, scoreAlarms || pValue <= alarmAt);
        }
    }

    private void hit(
            StreamMemory memory, Inference event, float pValue, long quiet, boolean alarming) {
        NoveltyEpisode novelty = memory.novelty();
        long time = event.eventTime();
        int channel = NoveltyEpisode.mainChannel(event);
        if (novelty.running() && alarming && novelty.isOther(event, channel)) {
            end(memory, event.streamId(), time);
        }
        if (!novelty.running()) {
            novelty.start(time);
        }
        novelty.hit(event, pValue, quiet);
        if (alarming && !novelty.alarm()) {
            novelty.raiseAlarm(time);
            tell(memory, event.streamId(), Anomaly.Phase.OPEN, time);
        }
        for (int i = 0; i < plan.spanCount(); i++) {
            if (memory.span(i).windowTo() != SpanMemory.NONE) {
                offer(memory.span(i).peaks(), novelty, time, event.score(), pValue, channel);
            }
        }
        memory.recentPeaks().forgetBefore(time - SpanPlan.WEEK);
        offer(memory.recentPeaks(), novelty, time, event.score(), pValue, channel);
    }

    private static void offer(
            PeakList peaks,
            NoveltyEpisode novelty,
            long time,
            float score,
            float pValue,
            int channel) {
        peaks.offer(novelty.startedAt(), time, score, pValue, channel);
    }

    /** Ends the running novelty. */
    void end(StreamMemory memory, String streamId, long time) {
        NoveltyEpisode novelty = memory.novelty();
        if (novelty.alarm()) {
            tell(memory, streamId, Anomaly.Phase.CLOSE, time);
        }
        novelty.end();
    }

    private void tell(StreamMemory memory, String streamId, Anomaly.Phase phase, long time) {
        findings.anomaly(
                anomalies.novelty(
                        streamId, memory.totals().encoderHash(), memory.novelty(), phase, time));
    }
}
