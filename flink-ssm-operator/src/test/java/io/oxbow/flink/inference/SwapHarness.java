package io.oxbow.flink.inference;

import io.oxbow.flink.OxbowOptions;
import io.oxbow.flink.VectorMeanings;
import io.oxbow.flink.event.EventContent;
import io.oxbow.flink.event.EventTypes;
import io.oxbow.flink.event.ModelUpdate;
import io.oxbow.flink.event.ModelVerdict;
import io.oxbow.flink.event.ModelVerdict.Outcome;
import io.oxbow.flink.event.Origin;
import io.oxbow.flink.event.StreamEvent;
import io.oxbow.flink.event.StreamSignal;
import io.oxbow.model.SsmModel;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;

/** One subtask of the inference operator that can go over to another model, under test. */
final class SwapHarness
        extends KeyedTwoInputStreamOperatorTestHarness<
                String, StreamEvent, ModelVerdict, StreamSignal> {
    static final int MAX_PARALLELISM = 16;

    private SwapHarness(SwappingInferenceOperator operator, int parallelism, int subtask)
            throws Exception {
        super(
                operator,
                StreamEvent::streamId,
                null,
                Types.STRING,
                MAX_PARALLELISM,
                parallelism,
                subtask);
    }

    /** Batches run when they are full or something makes them; the only mail is a model's. */
    static Setup with(ModelSource first, OfferedModels offered) {
        return new Setup(first, offered)
                .option(OxbowOptions.COMPUTE_BACKEND, "scalar")
                .option(OxbowOptions.BATCH_DRAIN_WHEN_IDLE, false)
                .option(OxbowOptions.BATCH_MAX_DELAY, Duration.ofHours(1));
    }

    static ModelUpdate update(long version, String uri) {
        return new ModelUpdate("model", version, uri, "", 1_000, Origin.NONE);
    }

    static ModelVerdict verdict(
            long version, String uri, Outcome outcome, SsmModel model, SsmModel before) {
        return new ModelVerdict(
                update(version, uri), outcome, model.fingerprint(), before.fingerprint(), "");
    }

    /** Collects what a harness is made of. */
    static final class Setup {
        private final Configuration options = new Configuration();
        private final ModelSource first;
        private final OfferedModels offered;
        private OperatorSubtaskState restored;
        private int parallelism = 1;
        private int subtask;

        private Setup(ModelSource first, OfferedModels offered) {
            this.first = first;
            this.offered = offered;
        }

        <T> Setup option(ConfigOption<T> option, T value) {
            options.set(option, value);
            return this;
        }

        Setup subtask(int subtask, int parallelism) {
            this.subtask = subtask;
            this.parallelism = parallelism;
            return this;
        }

        Setup restored(OperatorSubtaskState state) {
            this.restored = state;
            return this;
        }

        SwapHarness open() throws Exception {
            SwapHarness harness =
                    new SwapHarness(
                            new SwappingInferenceOperator(
                                    first,
                                    offered,
                                    InferenceSettings.of(options, VectorMeanings.NONE)),
                            parallelism,
                            subtask);
            harness.setup(EventTypes.STREAM_SIGNAL.createSerializer(new SerializerConfigImpl()));
            if (restored != null) {
                harness.initializeState(restored);
            }
            harness.open();
            return harness;
        }
    }

    void process(List<StreamEvent> events) throws Exception {
        for (StreamEvent event : events) {
            processElement1(event, event.eventTime());
        }
    }

    /** A verdict arrives; the model is being read when this returns. */
    void decide(ModelVerdict verdict) throws Exception {
        processElement2(verdict, verdict.update().eventTime());
    }

    /** Waits for the model to be read, and goes over to it. */
    void takeModel() throws Exception {
        getTaskMailbox().take(0).run();
    }

    /** Goes over to a model; batches' results may come with the mail meanwhile. */
    void swap(ModelVerdict verdict) throws Exception {
        long before = metrics().modelSwaps();
        decide(verdict);
        while (metrics().modelSwaps() == before) {
            takeModel();
        }
    }

    OperatorSubtaskState checkpoint(long id) throws Exception {
        getOperator().prepareSnapshotPreBarrier(id);
        return snapshot(id, id);
    }

    void runAll() throws Exception {
        ((SsmInferenceOperator) getOperator()).endInput();
    }

    /** Inferences put out so far, by content. */
    List<Object> contents() {
        return getOutput().stream()
                .filter(StreamRecord.class::isInstance)
                .map(record -> EventContent.of(((StreamRecord<?>) record).getValue()))
                .toList();
    }

    InferenceMetrics metrics() {
        return ((SsmInferenceOperator) getOperator()).metrics();
    }

    long modelResets() {
        return ((SsmInferenceOperator) getOperator()).states().modelResets();
    }

    /** Says no {@link InterruptedException}, of which the compiler warns in a resource. */
    @Override
    public void close() throws IOException {
        try {
            super.close();
        } catch (Exception e) {
            throw new IOException("the operator did not close", e);
        }
    }
}
