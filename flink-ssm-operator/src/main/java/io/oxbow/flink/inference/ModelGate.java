package io.oxbow.flink.inference;

import io.oxbow.flink.event.EventTypes;
import io.oxbow.flink.event.ModelUpdate;
import io.oxbow.flink.event.ModelVerdict;
import io.oxbow.flink.event.ModelVerdict.Outcome;
import io.oxbow.flink.metric.OxbowMetric;
import io.oxbow.flink.state.OnModelChange;
import java.io.Serial;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides which models the job goes over to: in one place, so that all tasks go over to the same,
 * and one bad record makes one refusal. A model is read, checked against its digest, and compiled
 * by the backend before it is let through; that happens beside the task's own thread, one update
 * after another, in the order they came.
 *
 * <p>State: the last verdict that let a model through, and the updates not decided yet, which are
 * tried again after a restart. One task of it, whatever the job's parallelism. Mailbox thread only.
 */
final class ModelGate extends AbstractStreamOperator<ModelVerdict>
        implements OneInputStreamOperator<ModelUpdate, ModelVerdict>, BoundedOneInput {
    @Serial private static final long serialVersionUID = 1L;

    private static final Logger LOG = LoggerFactory.getLogger(ModelGate.class);

    private final ModelSource first;
    private final OfferedModels offered;
    private final InferenceSettings settings;

    private transient ListState<ModelVerdict> storedAccepted;
    private transient ListState<ModelUpdate> storedWaiting;
    private transient ModelVerdict accepted;
    private transient ModelTraits current;
    private transient Queue<ModelUpdate> waiting;
    private transient MailboxExecutor mailbox;
    private transient BackgroundWork<ModelTraits> trials;
    private transient Counter accepts;
    private transient Counter refusals;

    /**
     * @param first the model the job has until another is let through
     */
    ModelGate(ModelSource first, OfferedModels offered, InferenceSettings settings) {
        this.first = first;
        this.offered = offered;
        this.settings = settings;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        storedAccepted =
                context.getOperatorStateStore()
                        .getListState(
                                new ListStateDescriptor<>(
                                        "accepted-model", EventTypes.MODEL_VERDICT));
        storedWaiting =
                context.getOperatorStateStore()
                        .getListState(
                                new ListStateDescriptor<>(
                                        "waiting-models", EventTypes.MODEL_UPDATE));
        waiting = new ArrayDeque<>();
        storedWaiting.get().forEach(waiting::add);
        for (ModelVerdict verdict : storedAccepted.get()) {
            accepted = verdict;
        }
    }

    @Override
    public void open() throws Exception {
        super.open();
        ModelSource source = accepted == null ? first : offered.of(accepted.update());
        current = ModelTraits.of(source.load());
        MetricGroup group = getMetricGroup().addGroup(OxbowMetric.GROUP);
        accepts = group.counter(OxbowMetric.MODELS_ACCEPTED.path());
        refusals = group.counter(OxbowMetric.MODELS_REFUSED.path());
        mailbox =
                getContainingTask()
                        .getMailboxExecutorFactory()
                        .createExecutor(getOperatorConfig().getChainIndex());
        trials = new BackgroundWork<>(mailbox, "oxbow trials of models");
        if (!waiting.isEmpty()) {
            tryNext();
        }
    }

    @Override
    public void processElement(StreamRecord<ModelUpdate> element) {
        waiting.add(element.getValue());
        if (waiting.size() == 1) {
            tryNext();
        }
    }

    private void tryNext() {
        ModelUpdate update = waiting.element();
        ModelSource source = offered.of(update);
        int device = TaskDevices.ofTask(getRuntimeContext(), settings.deviceResource());
        ClassLoader loader = getUserCodeClassloader();
        trials.begin(
                () -> {
                    try (PreparedModel trial =
                            PreparedModel.load(source, settings, device, loader)) {
                        return ModelTraits.of(trial.model());
                    }
                },
                (traits, failure) -> decide(update, traits, failure));
    }

    private void decide(ModelUpdate update, ModelTraits traits, Exception failure) {
        waiting.remove();
        ModelVerdict verdict = verdict(update, traits, failure);
        if (verdict.outcome() == Outcome.REFUSED) {
            refusals.inc();
            LOG.warn("model {} is refused: {}", update.uri(), verdict.text());
            LOG.debug("how it failed", failure);
        } else {
            LOG.info("model {}: {}", update.uri(), verdict.text());
        }
        if (verdict.swaps()) {
            accepts.inc();
            accepted = verdict;
            current = traits;
        }
        output.collect(new StreamRecord<>(verdict, update.eventTime()));
        if (!waiting.isEmpty()) {
            tryNext();
        }
    }

    private ModelVerdict verdict(ModelUpdate update, ModelTraits traits, Exception failure) {
        String refusal = failure == null ? refusal(update, traits) : reason(failure);
        if (refusal != null) {
            return new ModelVerdict(update, Outcome.REFUSED, 0, current.fingerprint(), refusal);
        }
        boolean same = traits.fingerprint() == current.fingerprint();
        boolean keeps = traits.sharesStatesWith(current);
        return new ModelVerdict(
                update,
                same ? Outcome.UNCHANGED : keeps ? Outcome.KEEPS_STATES : Outcome.RESETS_STATES,
                traits.fingerprint(),
                current.fingerprint(),
                same
                        ? "it is the model the job has"
                        : keeps
                                ? "the job goes over to it, and the states go on"
                                : "the job goes over to it, and each state begins anew");
    }

    /** Why the job may not go over to a model that can be run, or null if it may. */
    private String refusal(ModelUpdate update, ModelTraits traits) {
        if (accepted != null && update.version() <= accepted.update().version()) {
            return "its version "
                    + update.version()
                    + " does not follow "
                    + accepted.update().version()
                    + ", that of the job's model";
        }
        String unfit = traits.unfitFor(current);
        if (unfit != null) {
            return unfit;
        }
        if (!traits.sharesStatesWith(current) && settings.onModelChange() == OnModelChange.FAIL) {
            return String.format(
                    "its states (%s, layout %016x) are not those of the job's model (%s, layout"
                            + " %016x); set oxbow.state.on-model-change to 'reset' to begin each"
                            + " memory anew",
                    traits.architecture(),
                    traits.layout(),
                    current.architecture(),
                    current.layout());
        }
        return null;
    }

    private static String reason(Exception failure) {
        String message = failure.getMessage();
        return message == null || message.isBlank() ? failure.toString() : message;
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        storedAccepted.update(accepted == null ? List.of() : List.of(accepted));
        storedWaiting.update(List.copyOf(waiting));
    }

    @Override
    public void endInput() throws Exception {
        while (!waiting.isEmpty()) {
            mailbox.yield();
        }
    }

    @Override
    public void close() throws Exception {
        try {
            if (trials != null) {
                trials.close();
            }
        } finally {
            super.close();
        }
    }
}
