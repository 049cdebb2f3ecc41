package io.oxbow.jobs.encoding;

import static org.assertj.core.api.Assertions.assertThat;

import io.oxbow.flink.event.EventTypes;
import io.oxbow.flink.event.Health;
import io.oxbow.flink.event.Observation;
import io.oxbow.flink.event.Origin;
import io.oxbow.flink.event.Recording;
import io.oxbow.flink.event.StreamEvent;
import java.util.List;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;

/** The step that encodes, in an operator of its own that can crash. */
final class EncodingHarness implements AutoCloseable {
    private final EncodingSettings settings;
    private KeyedOneInputStreamOperatorTestHarness<String, StreamEvent, StreamEvent> operator;

    private EncodingHarness(EncodingSettings settings) {
        this.settings = settings;
    }

    static EncodingHarness open(EncodingSettings settings) {
        EncodingHarness harness = new EncodingHarness(settings);
        try {
            harness.operator = harness.make();
            harness.operator.open();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        return harness;
    }

    private KeyedOneInputStreamOperatorTestHarness<String, StreamEvent, StreamEvent> make()
            throws Exception {
        var made =
                new KeyedOneInputStreamOperatorTestHarness<String, StreamEvent, StreamEvent>(
                        new KeyedProcessOperator<>(new EncodingFunction(settings)),
                        StreamEvent::streamId,
                        Types.STRING);
        made.setup(EventTypes.STREAM_EVENT.createSerializer(new SerializerConfigImpl()));
        return made;
    }

    KeyedOneInputStreamOperatorTestHarness<String, StreamEvent, StreamEvent> operator() {
        return operator;
    }

    /** Goes on in a new operator from a snapshot of this one. */
    void crash() throws Exception {
        OperatorSubtaskState snapshot = operator.snapshot(1, 1);
        operator.close();
        operator = make();
        operator.initializeState(snapshot);
        operator.open();
    }

    /** What comes out when that has gone in. */
    List<StreamEvent> put(StreamEvent event) throws Exception {
        operator.getOutput().clear();
        operator.processElement(new StreamRecord<>(event, event.eventTime()));
        return operator.extractOutputValues();
    }

    float[] features(StreamEvent event) throws Exception {
        List<StreamEvent> out = put(event);
        assertThat(out).hasSize(1);
        return ((Observation) out.get(0)).values();
    }

    List<String> refusals() {
        var refused = operator.getSideOutput(EncodingFunction.REJECTED);
        return refused == null
                ? List.of()
                : refused.stream().map(record -> record.getValue().error()).toList();
    }

    /** One a second. */
    static Recording recording(
            String stream,
            long seq,
            Recording.Kind kind,
            String format,
            int rate,
            int channels,
            byte[] bytes) {
        return new Recording(
                stream,
                0,
                seq,
                1000 * seq,
                7,
                kind,
                format,
                rate,
                channels,
                bytes,
                "",
                "",
                Health.OK,
                Origin.NONE);
    }

    @Override
    public void close() {
        try {
            operator.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
