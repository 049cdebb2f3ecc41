package io.oxbow.flink.inference;

import io.oxbow.flink.VectorMeanings;
import io.oxbow.flink.event.EventContent;
import io.oxbow.flink.event.EventTypes;
import io.oxbow.flink.event.StreamEvent;
import io.oxbow.flink.event.StreamSignal;
import io.oxbow.flink.testing.TestModels;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;

/** One subtask of the inference operator under test. */
final class InferenceHarness
        extends KeyedOneInputStreamOperatorTestHarness<String, StreamEvent, StreamSignal> {
    static final int MAX_PARALLELISM = 16;

    private InferenceHarness(
            OneInputStreamOperator<StreamEvent, StreamSignal> operator,
            int parallelism,
            int subtask)
            throws Exception {
        super(operator, StreamEvent::streamId, Types.STRING, MAX_PARALLELISM, parallelism, subtask);
    }

    static Setup with() {
        return new Setup();
    }

    /** Another operator under the same conditions, to compare with. */
    static InferenceHarness of(OneInputStreamOperator<StreamEvent, StreamSignal> operator)
            throws Exception {
        InferenceHarness harness = new InferenceHarness(operator, 1, 0);
        harness.setup(EventTypes.STREAM_SIGNAL.createSerializer(new SerializerConfigImpl()));
        harness.open();
        return harness;
    }

    /** Collects what a harness is made of. */
    static final class Setup {
        private final Configuration options = new Configuration();
        private ModelSource source = () -> TestModels.seeded(1);
        private StateBackend backend;
        private OperatorSubtaskState restored;
        private int parallelism = 1;
        private int subtask;

        Setup model(ModelSource source) {
            this.source = source;
            return this;
        }

        Setup backend(StateBackend backend) {
            this.backend = backend;
            return this;
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

        InferenceHarness open() throws Exception {
            InferenceHarness harness =
                    new InferenceHarness(
                            new SsmInferenceOperator(
                                    source, InferenceSettings.of(options, VectorMeanings.NONE)),
                            parallelism,
                            subtask);
            if (backend != null) {
                harness.setStateBackend(backend);
            }
            harness.setup(EventTypes.STREAM_SIGNAL.createSerializer(new SerializerConfigImpl()));
            if (restored != null) {
                harness.initializeState(restored);
            }
            harness.open();
            return harness;
        }
    }

    void process(Iterable<? extends StreamEvent> events) throws Exception {
        for (StreamEvent event : events) {
            process(event);
        }
    }

    void process(StreamEvent event) throws Exception {
        processElement(event, event.eventTime());
    }

    /** Whether the task has something to do besides its input. */
    boolean hasMail() {
        return getTaskMailbox().hasMail();
    }

    /** Does one such thing. */
    void takeMail() throws Exception {
        getTaskMailbox().take(0).run();
    }

    /** A checkpoint, as the task takes it: what is pending goes out first. */
    OperatorSubtaskState checkpoint(long id) throws Exception {
        prepareSnapshotPreBarrier(id);
        return snapshot(id, id);
    }

    /** Signals put out so far, by content, each with its timestamp. */
    List<Object> contents() {
        List<Object> contents = new ArrayList<>();
        for (StreamRecord<? extends StreamSignal> record : extractOutputStreamRecords()) {
            contents.add(
                    List.of(
                            record.getTimestamp(),
                            record.getValue().getClass().getSimpleName(),
                            EventContent.of(record.getValue())));
        }
        return contents;
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

    /** States written to keyed state so far. */
    long writeBacks() {
        return ((SsmInferenceOperator) getOperator()).states().writeBacks();
    }

    InferenceMetrics metrics() {
        return ((SsmInferenceOperator) getOperator()).metrics();
    }
}
