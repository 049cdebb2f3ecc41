package io.oxbow.flink.inference;

import io.oxbow.flink.event.EventTypes;
import io.oxbow.flink.event.ModelVerdict;
import io.oxbow.flink.event.ModelVerdict.Outcome;
import io.oxbow.flink.event.StreamEvent;
import io.oxbow.flink.event.StreamSignal;
import java.io.IOException;
import java.io.Serial;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.event.WatermarkEvent;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.streaming.api.operators.TwoInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.RecordAttributes;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.util.ExceptionUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The inference operator with a second input: verdicts on models, the same for every task, one of
 * which makes it go over to another model while events go on.
 *
 * <pre>
 * verdict -> broadcast state -> read beside the events -> pending batch run -> kernel, rows exchanged
 * </pre>
 *
 * <p>The model of a checkpoint is the one decided on before it, whether or not it ran yet: every
 * task has seen the same verdicts at a barrier, and a restart begins with that model. Rows of
 * models it took over from go on; the broadcast state holds the verdicts since states last began
 * anew, by version, and with them those models' fingerprints.
 *
 * <p>A model that was let through and cannot be read here, or is another by now, fails the job: one
 * task with another model would make results depend on where a stream lies.
 *
 * <p>The second input has no part in watermarks. Mailbox thread only.
 */
final class SwappingInferenceOperator extends SsmInferenceOperator
        implements TwoInputStreamOperator<StreamEvent, ModelVerdict, StreamSignal> {
    @Serial private static final long serialVersionUID = 1L;

    private static final Logger LOG = LoggerFactory.getLogger(SwappingInferenceOperator.class);

    private final OfferedModels offered;

    private transient BroadcastState<Long, ModelVerdict> verdicts;
    private transient BackgroundWork<PreparedModel> loads;
    private transient ModelVerdict latest;
    private transient boolean loading;

    SwappingInferenceOperator(
            ModelSource source, OfferedModels offered, InferenceSettings settings) {
        super(source, settings);
        this.offered = offered;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        verdicts =
                context.getOperatorStateStore()
                        .getBroadcastState(
                                new MapStateDescriptor<>(
                                        "models", Types.LONG, EventTypes.MODEL_VERDICT));
        for (Map.Entry<Long, ModelVerdict> entry : verdicts.immutableEntries()) {
            if (latest == null || entry.getKey() > latest.update().version()) {
                latest = entry.getValue();
            }
        }
    }

    @Override
    public void open() throws Exception {
        super.open();
        loads = new BackgroundWork<>(mailbox(), "oxbow models of " + taskName());
        states().keepStatesOf(predecessors());
    }

    @Override
    PreparedModel firstModel() throws IOException {
        if (latest == null) {
            return super.firstModel();
        }
        LOG.info("the job went over to model {}", latest.update().uri());
        return load(latest);
    }

    private PreparedModel load(ModelVerdict verdict) throws IOException {
        PreparedModel prepared = prepare(offered.of(verdict.update()));
        long found = prepared.model().fingerprint();
        if (found == verdict.fingerprint()) {
            return prepared;
        }
        prepared.close();
        throw new IOException(
                String.format(
                        "'%s' holds model %016x now, but the job went over to %016x from there;"
                                + " bring that one back",
                        verdict.update().uri(), found, verdict.fingerprint()));
    }

    /** Fingerprints of the models whose states go on. */
    private Set<Long> predecessors() throws Exception {
        Set<Long> fingerprints = new HashSet<>();
        for (Map.Entry<Long, ModelVerdict> entry : verdicts.immutableEntries()) {
            ModelVerdict verdict = entry.getValue();
            fingerprints.add(verdict.fingerprint());
            if (verdict.outcome() == Outcome.KEEPS_STATES) {
                fingerprints.add(verdict.replaced());
            }
        }
        return fingerprints;
    }

    @Override
    public void processElement1(StreamRecord<StreamEvent> element) throws Exception {
        processElement(element);
    }

    @Override
    public void processElement2(StreamRecord<ModelVerdict> element) throws Exception {
        ModelVerdict verdict = element.getValue();
        if (!verdict.swaps()) {
            return;
        }
        if (verdict.outcome() == Outcome.RESETS_STATES) {
            verdicts.clear();
        }
        verdicts.put(verdict.update().version(), verdict);
        latest = verdict;
        if (!loading) {
            beginLoad();
        }
    }

    private void beginLoad() {
        loading = true;
        ModelVerdict wanted = latest;
        loads.begin(() -> load(wanted), (made, failure) -> loaded(wanted, made, failure));
    }

    private void loaded(ModelVerdict verdict, PreparedModel made, Exception failure)
            throws Exception {
        loading = false;
        if (latest != verdict) {
            // Nobody needs it any more, nor whether it could be read.
            if (made != null) {
                made.close();
            }
            beginLoad();
            return;
        }
        if (failure != null) {
            throw new IOException(
                    "model '"
                            + verdict.update().uri()
                            + "' was let through, but this task cannot read it: "
                            + failure.getMessage(),
                    failure);
        }
        Set<Long> predecessors = predecessors();
        swap(made, predecessors.contains(runningFingerprint()));
        states().keepStatesOf(predecessors);
        LOG.info("runs model {} from here on", verdict.update().uri());
    }

    @Override
    public void processWatermark1(Watermark mark) throws Exception {
        processWatermark(mark);
    }

    @Override
    public void processWatermark2(Watermark mark) {}

    @Override
    public void processWatermark1(WatermarkEvent mark) throws Exception {
        processWatermark(mark);
    }

    @Override
    public void processWatermark2(WatermarkEvent mark) {}

    @Override
    protected void processWatermarkStatus(WatermarkStatus status, int input) throws Exception {
        if (input == 0) {
            processWatermarkStatus(status);
        }
    }

    @Override
    public void processRecordAttributes1(RecordAttributes attributes) {
        try {
            processRecordAttributes(attributes);
        } catch (Exception e) {
            ExceptionUtils.rethrow(e);
        }
    }

    @Override
    public void processRecordAttributes2(RecordAttributes attributes) {}

    @Override
    public void close() throws Exception {
        try {
            if (loads != null) {
                loads.close();
            }
        } finally {
            super.close();
        }
    }
}
