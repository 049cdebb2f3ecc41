package io.oxbow.flink.inference;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.oxbow.flink.OxbowOptions;
import io.oxbow.flink.event.Inference;
import io.oxbow.flink.event.Observation;
import io.oxbow.flink.event.StreamEvent;
import io.oxbow.flink.event.StreamSignal;
import io.oxbow.flink.testing.TestModels;
import io.oxbow.flink.testing.TestStreams;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.junit.jupiter.api.Test;

/** What an event costs the garbage collector: nothing but the inference that is given out. */
class AllocationTest {
    private static final int EVENTS = 20_000;

    /** Timers and growing tables of the harness, spread over the events. */
    private static final double SLACK = 8;

    @Test
    void theOperatorAllocatesWhatItGivesOutAndNothingElse() throws Exception {
        List<StreamEvent> events = TestStreams.events(3, 50, 2 * EVENTS);
        List<StreamEvent> first = events.subList(0, EVENTS);
        List<StreamEvent> second = events.subList(EVENTS, 2 * EVENTS);
        try (InferenceHarness operator =
                        InferenceHarness.with()
                                .option(OxbowOptions.BATCH_MAX_TOKENS, 100)
                                .option(OxbowOptions.BATCH_DRAIN_WHEN_IDLE, false)
                                .option(OxbowOptions.BATCH_MAX_DELAY, Duration.ofHours(1))
                                .open();
                InferenceHarness answers = InferenceHarness.of(new Answering())) {
            bytes(operator, first);
            bytes(answers, first);
            double given = bytes(answers, second);
            assertThat(given).isGreaterThan(100);
            assertThat(bytes(operator, second)).isLessThan(given + SLACK);
        }
    }

    /** Bytes an event. */
    private static double bytes(InferenceHarness harness, List<StreamEvent> events)
            throws Exception {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        harness.getOutput().clear();
        StreamRecord<StreamEvent> record = new StreamRecord<>(null);
        long before = threads.getCurrentThreadAllocatedBytes();
        for (StreamEvent event : events) {
            harness.processElement(record.replace(event, event.eventTime()));
        }
        long after = threads.getCurrentThreadAllocatedBytes();
        assertThat(harness.getOutput()).hasSize(events.size());
        return (after - before) / (double) events.size();
    }

    /** Answers each event with an inference as large as the model's, and does nothing else. */
    private static final class Answering extends AbstractStreamOperator<StreamSignal>
            implements OneInputStreamOperator<StreamEvent, StreamSignal> {
        private static final long serialVersionUID = 1L;
        private static final float[] NOTHING = {};
        private final transient StreamRecord<StreamSignal> outgoing = new StreamRecord<>(null);

        @Override
        public void processElement(StreamRecord<StreamEvent> element) {
            Observation event = (Observation) element.getValue();
            Inference answer =
                    new Inference(
                            event.streamId(),
                            event.epoch(),
                            event.seq(),
                            event.eventTime(),
                            event.ingestTime(),
                            event.encoderHash(),
                            1,
                            event.health(),
                            0,
                            0,
                            0,
                            event.values(),
                            new float[TestModels.INPUT_DIM],
                            new float[TestModels.INPUT_DIM],
                            NOTHING,
                            NOTHING,
                            NOTHING);
            output.collect(outgoing.replace(answer, event.eventTime()));
        }
    }
}
