package io.oxbow.flink.inference;

import io.oxbow.flink.batch.BatchPipeline;
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
import io.oxbow.flink.state.WriteAhead;
import java.io.IOException;
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
class SsmInferenceOperator extends AbstractStreamOperator<StreamSignal>
        implements OneInputStreamOperator<StreamEvent, StreamSignal>,
                BoundedOneInput,
                Triggerable<Object, VoidNamespace> {
    @Serial private static final long serialVersionUID = 1L;

    private static final float[] NOT_ENCODED = {};
    private static final String UNENCODED =
            "the model takes feature vectors; put an encoder before it";

    private final ModelSource source;
    private final InferenceSettings settings;

    private transient ValueState<KeyedSsmState> durable;
    private transient ClockJumps clockJumps;
    private transient Renumberings renumberings;
    private transient PreparedModel prepared;
    private transient ResidentStates<Object> states;
    private transient WriteAhead writeAhead;
    private transient StreamExpiry expiry;
    private transient MailboxExecutor mailbox;
    private transient RunningModel running;
    private transient EventIntake intake;
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
        prepared = firstModel();
        states =
                new ResidentStates<>(
                        getKeyedStateBackend(),
                        durable,
                        prepared.kernel(),
                        prepared.model(),
                        settings.onModelChange(),
                        settings.residentBytes());
        writeAhead = new WriteAhead(getProcessingTimeService(), states);
        expiry =
                new StreamExpiry(
                        getInternalTimerService(
                                "ssm-expiry", VoidNamespaceSerializer.INSTANCE, this),
                        states,
                        settings.ttlMillis());
        mailbox =
                getContainingTask()
                        .getMailboxExecutorFactory()
                        .createExecutor(getOperatorConfig().getChainIndex());
        BatchPipeline pipeline = prepared.pipeline(settings.maxTokens(), taskName());
        metrics =
                new InferenceMetrics(
                        getMetricGroup(),
                        prepared.backend(),
                        settings.maxTokens(),
                        states,
                        pipeline);
        running = run(pipeline);
        aside = new SideOutputs(output, metrics);
        intake =
                new EventIntake(
                        settings,
                        running,
                        states,
                        clockJumps,
                        renumberings,
                        expiry,
                        aside,
                        metrics,
                        getProcessingTimeService(),
                        mailbox);
    }

    /** The model to begin with. */
    PreparedModel firstModel() throws IOException {
        return prepare(source);
    }

    /** Reads and compiles a model; on any thread. */
    final PreparedModel prepare(ModelSource source) throws IOException {
        int device = TaskDevices.ofTask(getRuntimeContext(), settings.deviceResource());
        return PreparedModel.load(source, settings, device, getUserCodeClassloader());
    }

    private RunningModel run(BatchPipeline pipeline) {
        return RunningModel.of(
                prepared.model(), pipeline, settings, states, metrics, output, mailbox);
    }

    /**
     * Goes over to another model, between two batches.
     *
     * @param next closed with this operator, from now on
     * @param keepRows whether the rows of the model before go on
     */
    final void swap(PreparedModel next, boolean keepRows) throws Exception {
        PreparedModel before = prepared;
        try {
            intake.drain(DrainCause.MODEL);
            running.batches().close();
            states.change(next.kernel(), next.model(), keepRows);
        } catch (Throwable e) {
            next.close();
            throw e;
        }
        prepared = next;
        before.close();
        BatchPipeline pipeline = next.pipeline(settings.maxTokens(), taskName());
        metrics.swapped(next.backend(), pipeline);
        running = run(pipeline);
        intake.goOverTo(running);
    }

    final long runningFingerprint() {
        return prepared.model().fingerprint();
    }

    final MailboxExecutor mailbox() {
        return mailbox;
    }

    final String taskName() {
        return getRuntimeContext().getTaskInfo().getTaskNameWithSubtasks();
    }

    @Override
    public void processElement(StreamRecord<StreamEvent> element) throws Exception {
        StreamEvent event = element.getValue();
        if (event instanceof Query query) {
            intake.drain(DrainCause.QUERY);
            running.batches().emit(running.foresight().of(query));
        } else if (event instanceof Observation observation) {
            intake.observe(observation);
        } else if (event instanceof Recording recording) {
            metrics.events.inc();
            aside.rejected(recording.encoded(0, NOT_ENCODED, recording.health()), UNENCODED);
        }
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        intake.drain(DrainCause.WATERMARK);
        super.processWatermark(mark);
    }

    @Override
    public void processWatermark(WatermarkEvent mark) throws Exception {
        intake.drain(DrainCause.WATERMARK);
        super.processWatermark(mark);
    }

    @Override
    public void processWatermarkStatus(WatermarkStatus status) throws Exception {
        intake.drain(DrainCause.WATERMARK);
        super.processWatermarkStatus(status);
    }

    @Override
    public void processRecordAttributes(RecordAttributes attributes) throws Exception {
        intake.drain(DrainCause.WATERMARK);
        super.processRecordAttributes(attributes);
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
        intake.drain(DrainCause.CHECKPOINT);
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
        intake.drain(DrainCause.END);
    }

    @Override
    public void finish() throws Exception {
        intake.drain(DrainCause.END);
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
            if (running != null) {
                running.batches().close();
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
