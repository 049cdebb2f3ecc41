package io.oxbow.flink.inference;

import io.oxbow.flink.batch.BatchPipeline;
import io.oxbow.flink.batch.MicroBatch;
import io.oxbow.flink.event.Observation;
import io.oxbow.flink.event.Query;
import io.oxbow.flink.event.Recording;
import io.oxbow.flink.event.StreamEvent;
import io.oxbow.flink.event.StreamSignal;
import io.oxbow.flink.state.ClockJumps;
import io.oxbow.flink.state.KeyedSsmState;
import io.oxbow.flink.state.KeyedSsmStateSerializer;
import io.oxbow.flink.state.Renumberings;
import io.oxbow.flink.state.ResidentStates;
import io.oxbow.flink.state.ResidentStream;
import io.oxbow.flink.state.StreamPosition;
import io.oxbow.flink.state.WriteAhead;
import io.oxbow.model.TimeMode;
import java.io.Serial;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.runtime.event.WatermarkEvent;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.RecordAttributes;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;

/**
 * Runs the model over many streams at once: events of all keys wait together for a moment, are run
 * as one batch, and leave in the order they came.
 *
 * <pre>
 * event -> check -> order -> resident state -> micro-batch -> kernel -> signals
 *            |        |                            ^
 *        REJECTED    LATE      full, idle, deadline, watermark, barrier, question, end
 * </pre>
 *
 * Where the kernel has a device of its own, a batch runs there while the next one fills; its
 * results come with the task's mail, or with whatever needs them first.
 *
 * <p>Nothing is pending when a watermark, a barrier or a question goes on, so a checkpoint holds
 * states and nothing else, and neither rescaling nor unaligned checkpoints need special care.
 *
 * <p>Mailbox thread only. Jobs use it through {@link SsmInference}.
 */
final class SsmInferenceOperator extends AbstractStreamOperator<StreamSignal>
        implements OneInputStreamOperator<StreamEvent, StreamSignal>,
                BoundedOneInput,
                Triggerable<Object, VoidNamespace> {
    @Serial private static final long serialVersionUID = 1L;

    private static final String SEQUENCE_JUMP =
            " sequence numbers are missing before this one; a producer that numbers anew must raise"
                    + " its epoch";
    private static final float[] NOT_ENCODED = {};
    private static final String UNENCODED =
            "the model takes feature vectors; put an encoder before it";

    private final ModelSource source;
    private final InferenceSettings settings;

    private transient ValueState<KeyedSsmState> durable;
    private transient ClockJumps clockJumps;
    private transient Renumberings renumberings;
    private transient PreparedModel prepared;
    private transient boolean stepsInEventTime;
    private transient InputCheck check;
    private transient ResidentStates<Object> states;
    private transient WriteAhead writeAhead;
    private transient StreamExpiry expiry;
    private transient InferenceBatches batches;
    private transient BatchDeadline deadline;
    private transient IdleInput idleInput;
    private transient ForesightReader foresight;
    private transient InferenceMetrics metrics;
    private transient SideOutputs aside;

    SsmInferenceOperator(ModelSource source, InferenceSettings settings) {
        this.source = source;
        this.settings = settings;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        durable =
                context.getKeyedStateStore()
                        .getState(
                                new ValueStateDescriptor<>(
                                        "ssm-state", KeyedSsmStateSerializer.INSTANCE));
        clockJumps =
                new ClockJumps(
                        settings.maxTimeJumpMillis(), context.getKeyedStateStore()::getState);
        renumberings = new Renumberings(context.getKeyedStateStore()::getState);
    }

    @Override
    public void open() throws Exception {
        super.open();
        prepared = PreparedModel.load(source, settings, getUserCodeClassloader());
        var model = prepared.model();
        int maxTokens = settings.maxTokens();
        stepsInEventTime = model.timeMode() == TimeMode.EVENT_TIME;
        check = new InputCheck(model, settings.maxAhead());
        states =
                new ResidentStates<>(
                        getKeyedStateBackend(),
                        durable,
                        prepared.kernel(),
                        model,
                        settings.onModelChange(),
                        settings.residentBytes());
        writeAhead = new WriteAhead(getProcessingTimeService(), states);
        expiry =
                new StreamExpiry(
                        getInternalTimerService(
                                "ssm-expiry", VoidNamespaceSerializer.INSTANCE, this),
                        states,
                        settings.ttlMillis());
        MailboxExecutor mailbox =
                getContainingTask()
                        .getMailboxExecutorFactory()
                        .createExecutor(getOperatorConfig().getChainIndex());
        idleInput =
                settings.drainWhenIdle()
                        ? new IdleInput(mailbox, () -> start(DrainCause.IDLE))
                        : null;
        deadline =
                new BatchDeadline(
                        getProcessingTimeService(),
                        settings.maxDelayMillis(),
                        () -> start(DrainCause.DEADLINE),
                        idleInput);
        BatchPipeline pipeline =
                new BatchPipeline(
                        prepared.kernel(),
                        model.plan(),
                        maxTokens,
                        prepared.maxStreams(),
                        "oxbow batches of "
                                + getRuntimeContext().getTaskInfo().getTaskNameWithSubtasks());
        metrics =
                new InferenceMetrics(
                        getMetricGroup(), prepared.backend(), maxTokens, states, pipeline);
        InferenceReader reader = new InferenceReader(model.plan().outputs(), settings);
        batches = new InferenceBatches(pipeline, states, reader, metrics, output, mailbox);
        foresight = new ForesightReader(model, states);
        aside = new SideOutputs(output, metrics);
    }

    @Override
    public void processElement(StreamRecord<StreamEvent> element) throws Exception {
        StreamEvent event = element.getValue();
        if (event instanceof Query query) {
            drain(DrainCause.QUERY);
            batches.emit(foresight.of(query));
        } else if (event instanceof Observation observation) {
            observe(observation);
        } else if (event instanceof Recording recording) {
            metrics.events.inc();
            aside.rejected(recording.encoded(0, NOT_ENCODED, recording.health()), UNENCODED);
        }
    }

    private void observe(Observation event) throws Exception {
        metrics.events.inc();
        String refusal = check.refusal(event);
        if (refusal != null) {
            aside.rejected(event, refusal);
            return;
        }
        ResidentStream<Object> stream = resident();
        StreamPosition position = stream.position();
        long missing = position.missingBefore(event.epoch(), event.seq());
        if (missing > settings.maxSequenceJump()) {
            aside.rejected(event, missing + SEQUENCE_JUMP);
            return;
        }
        long newest = position.lastEventTime();
        if (!clockJumps.believes(newest, event.eventTime(), event.seq())) {
            aside.rejected(event, ClockJumps.refusal(newest, event.eventTime()));
            return;
        }
        metrics.sequenceGaps.inc(missing);
        switch (position.arrive(event.epoch(), event.seq(), event.eventTime())) {
            case IN_ORDER -> accept(event, stream);
            case DUPLICATE -> reconsider(event, stream);
            case LATE -> {
                stream.markDirty();
                aside.late(event);
            }
        }
    }

    private void reconsider(Observation event, ResidentStream<Object> stream) throws Exception {
        StreamPosition position = stream.position();
        if (!Renumberings.contradicts(position, event.eventTime())) {
            metrics.duplicates.inc();
        } else if (renumberings.believes(position.lastEventTime(), event.epoch(), event.seq())) {
            position.renumber(event.epoch(), event.seq());
            accept(event, stream);
        } else {
            aside.rejected(event, Renumberings.refusal(position, event.epoch(), event.seq()));
        }
    }

    private ResidentStream<Object> resident() throws Exception {
        ResidentStream<Object> stream = states.ofCurrentKey();
        if (stream == null) {
            drain(DrainCause.RESIDENCY);
            stream = states.ofCurrentKey();
        }
        return stream;
    }

    private void accept(Observation event, ResidentStream<Object> stream) throws Exception {
        StreamPosition position = stream.position();
        if (expiry.isOver(position, event.eventTime())) {
            if (stream.isPinned()) {
                drain(DrainCause.EXPIRY);
            }
            states.restart(stream);
        }
        float dt = stepsInEventTime ? position.secondsUntil(event.eventTime()) : 1;
        position.absorb(event.eventTime());
        stream.markDirty();
        expiry.watch(stream, event.eventTime());
        MicroBatch batch = batches.filling();
        if (batch.isEmpty()) {
            deadline.start();
        }
        batch.add(event, stream, dt, position.steps());
        if (batch.isFull()) {
            start(DrainCause.FULL);
        } else if (settings.maxDelayMillis() == 0) {
            start(DrainCause.DEADLINE);
        } else if (idleInput != null) {
            idleInput.eventJoined(batch.size());
        }
    }

    /** Runs all that is pending and puts its results out. */
    private void drain(DrainCause cause) throws Exception {
        start(cause);
        batches.emitRunning();
    }

    /** Runs the batch that fills; its results may follow later. */
    private void start(DrainCause cause) throws Exception {
        if (batches.start(cause)) {
            deadline.clear(cause);
        }
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        drain(DrainCause.WATERMARK);
        super.processWatermark(mark);
    }

    @Override
    public void processWatermark(WatermarkEvent mark) throws Exception {
        drain(DrainCause.WATERMARK);
        super.processWatermark(mark);
    }

    @Override
    public void processWatermarkStatus(WatermarkStatus status) throws Exception {
        drain(DrainCause.WATERMARK);
        super.processWatermarkStatus(status);
    }

    @Override
    public void processRecordAttributes(RecordAttributes attributes) throws Exception {
        drain(DrainCause.WATERMARK);
        super.processRecordAttributes(attributes);
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
        drain(DrainCause.CHECKPOINT);
        super.prepareSnapshotPreBarrier(checkpointId);
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        states.writeBack();
        writeAhead.barrier();
    }

    @Override
    public void endInput() throws Exception {
        drain(DrainCause.END);
    }

    @Override
    public void finish() throws Exception {
        drain(DrainCause.END);
        super.finish();
    }

    @Override
    public void onEventTime(InternalTimer<Object, VoidNamespace> timer) throws Exception {
        expiry.look();
    }

    @Override
    public void onProcessingTime(InternalTimer<Object, VoidNamespace> timer) {
        throw new IllegalStateException("no processing-time timers are ever set");
    }

    InferenceMetrics metrics() {
        return metrics;
    }

    ResidentStates<?> states() {
        return states;
    }

    @Override
    public void close() throws Exception {
        try {
            if (batches != null) {
                batches.close();
            }
            if (states != null) {
                states.close();
            }
        } finally {
            if (prepared != null) {
                prepared.close();
            }
            super.close();
        }
    }
}
