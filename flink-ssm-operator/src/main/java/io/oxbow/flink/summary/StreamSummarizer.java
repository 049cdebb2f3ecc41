package io.oxbow.flink.summary;

import io.oxbow.flink.event.Anomaly;
import io.oxbow.flink.event.Answer;
import io.oxbow.flink.event.EventTypes;
import io.oxbow.flink.event.Foresight;
import io.oxbow.flink.event.Inference;
import io.oxbow.flink.event.Query;
import io.oxbow.flink.event.StateReset;
import io.oxbow.flink.event.StreamSignal;
import io.oxbow.flink.event.Summary;
import java.io.Serial;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/**
 * The keyed operator that remembers each stream, and says what it found: summaries on its main
 * output, {@link #ANOMALIES} and {@link #ANSWERS} beside it.
 *
 * <p>A stream has one timer, for when the watermark alone would be reason to act. It is set anew
 * when it fires or something is due before it, so that most events cost no timer. Mailbox thread
 * only.
 */
final class StreamSummarizer extends AbstractStreamOperator<Summary>
        implements OneInputStreamOperator<StreamSignal, Summary>,
                Triggerable<String, VoidNamespace> {
    static final OutputTag<Anomaly> ANOMALIES = new OutputTag<>("anomalies", EventTypes.ANOMALY);
    static final OutputTag<Answer> ANSWERS = new OutputTag<>("answers", EventTypes.ANSWER);

    @Serial private static final long serialVersionUID = 1L;

    private final SummarySettings settings;

    private transient StreamWatch watch;
    private transient QueryAnswerer answerer;
    private transient OutlookAnswer outlook;
    private transient ResidentMemories memories;
    private transient InternalTimerService<VoidNamespace> timers;
    private transient StreamRecord<Summary> summaryRecord;
    private transient SummaryMetrics metrics;

    StreamSummarizer(SummarySettings settings) {
        this.settings = settings;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        MemoryPlan plan = new MemoryPlan(settings);
        ValueState<StreamMemory> state =
                context.getKeyedStateStore()
                        .getState(
                                new ValueStateDescriptor<>(
                                        "stream-memory", StreamMemorySerializer.INSTANCE));
        long capacity = Math.max(1, settings.residentMemory() / plan.bytesPerStream());
        memories =
                new ResidentMemories(
                        getKeyedStateBackend(), state, plan, (int) Math.min(1 << 24, capacity));
        watch = new StreamWatch(settings, plan, new Outlet());
        answerer = new QueryAnswerer(settings, plan);
        outlook = new OutlookAnswer(settings);
    }

    @Override
    public void open() throws Exception {
        super.open();
        timers = getInternalTimerService("silence", VoidNamespaceSerializer.INSTANCE, this);
        summaryRecord = new StreamRecord<>(null);
        metrics = new SummaryMetrics(getMetricGroup(), memories);
    }

    @Override
    public void processElement(StreamRecord<StreamSignal> record) throws Exception {
        StreamSignal signal = record.getValue();
        if (signal instanceof Query query) {
            answer(query, null);
            return;
        }
        if (signal instanceof Foresight foresight) {
            answer(foresight.query(), foresight);
            return;
        }
        if (signal.eventTime() < StreamMemory.EARLIEST
                || signal.eventTime() > StreamMemory.LATEST) {
            metrics.impossibleTimes.inc();
            return;
        }
        StreamMemory memory = memories.forChange(signal.streamId());
        if (watch.isOver(memory, signal.eventTime())) {
            watch.passTime(memory, signal.streamId(), signal.eventTime());
            memory = memories.beginAnew();
        }
        if (signal instanceof Inference inference) {
            watch.see(memory, inference);
        } else {
            watch.see(memory, (StateReset) signal);
        }
        setTimer(memory);
    }

    /**
     * @param foresight what the model expects, or null
     */
    private void answer(Query query, Foresight foresight) throws Exception {
        StreamMemory memory = memories.forReading(query.streamId());
        Answer answer =
                answerer.answer(
                        memory, query, getProcessingTimeService().getCurrentProcessingTime());
        if (foresight != null && memory != null) {
            answer = outlook.with(answer, memory, foresight);
        }
        output.collect(ANSWERS, new StreamRecord<>(answer, query.eventTime()));
        metrics.answered(query.eventTime(), getProcessingTimeService().getCurrentProcessingTime());
    }

    /** Sees to it that a timer fires in time for the next thing that becomes due. */
    private void setTimer(StreamMemory memory) {
        long due = watch.nextDue(memory);
        if (due == Long.MAX_VALUE && timers.currentWatermark() != Long.MAX_VALUE) {
            // Nothing is left to be done for the stream but to forget it.
            due = watch.freedAt(memory);
        }
        if (due == Long.MAX_VALUE) {
            return;
        }
        long needed = due + settings.silenceSlack();
        if (memory.timer() == StreamMemory.NONE || needed < memory.timer()) {
            memory.timer(needed);
            timers.registerEventTimeTimer(VoidNamespace.INSTANCE, needed);
        }
    }

    @Override
    public void onEventTime(InternalTimer<String, VoidNamespace> timer) throws Exception {
        if (memories.forReading(timer.getKey()) == null) {
            // Of a stream that has been forgotten.
            return;
        }
        StreamMemory memory = memories.forChange(timer.getKey());
        if (timer.getTimestamp() != memory.timer()) {
            // An earlier one has taken its place since.
            return;
        }
        memory.timer(StreamMemory.NONE);
        watch.passTime(memory, timer.getKey(), timer.getTimestamp() - settings.silenceSlack());
        if (isForgotten(memory)) {
            memories.forget();
        } else {
            setTimer(memory);
        }
    }

    private boolean isForgotten(StreamMemory memory) {
        // An input that ended tells nothing of a stream: it may be continued.
        return timers.currentWatermark() != Long.MAX_VALUE
                && watch.freedAt(memory) != Long.MAX_VALUE
                && watch.nextDue(memory) == Long.MAX_VALUE
                && watch.freedAt(memory) + settings.silenceSlack() <= timers.currentWatermark();
    }

    @Override
    public void onProcessingTime(InternalTimer<String, VoidNamespace> timer) {
        throw new IllegalStateException("no processing-time timer is ever set");
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        memories.writeBack();
        super.snapshotState(context);
    }

    /** Puts findings into the outputs, stamped with their own event time. */
    private final class Outlet implements Findings {

        @Override
        public void summary(Summary summary) {
            output.collect(summaryRecord.replace(summary, summary.to()));
            metrics.summaries.inc();
        }

        @Override
        public void anomaly(Anomaly anomaly) {
            output.collect(ANOMALIES, new StreamRecord<>(anomaly, anomaly.eventTime()));
            metrics.anomalies.inc();
        }
    }
}
