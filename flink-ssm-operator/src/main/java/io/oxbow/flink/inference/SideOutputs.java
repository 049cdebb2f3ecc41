package io.oxbow.flink.inference;

import io.oxbow.flink.event.EventTypes;
import io.oxbow.flink.event.Observation;
import io.oxbow.flink.event.Rejected;
import io.oxbow.flink.event.StreamSignal;
import org.apache.flink.streaming.api.operators.Output;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/** Where observations go that no state takes in; counts them. Mailbox thread only. */
final class SideOutputs {
    /** Observations older than the newest of their stream. */
    static final OutputTag<Observation> LATE =
            new OutputTag<>("oxbow-late", EventTypes.OBSERVATION);

    /** Observations the model cannot take. */
    static final OutputTag<Rejected> REJECTED =
            new OutputTag<>("oxbow-rejected", EventTypes.REJECTED);

    private static final String STAGE = "inference";

    private final Output<StreamRecord<StreamSignal>> output;
    private final InferenceMetrics metrics;

    SideOutputs(Output<StreamRecord<StreamSignal>> output, InferenceMetrics metrics) {
        this.output = output;
        this.metrics = metrics;
    }

    /**
     * @param refusal why, in one sentence
     */
    void rejected(Observation event, String refusal) {
        metrics.rejected.inc();
        Rejected rejected = new Rejected(event, STAGE, refusal);
        output.collect(REJECTED, new StreamRecord<>(rejected, event.eventTime()));
    }

    void late(Observation event) {
        metrics.late.inc();
        output.collect(LATE, new StreamRecord<>(event, event.eventTime()));
    }
}
