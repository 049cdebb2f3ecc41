package io.oxbow.flink.order;

import static io.oxbow.flink.testing.TestStreams.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.oxbow.flink.OxbowOptions;
import io.oxbow.flink.event.EventTypes;
import io.oxbow.flink.event.Health;
import io.oxbow.flink.event.Inference;
import io.oxbow.flink.event.MaxAhead;
import io.oxbow.flink.event.Observation;
import io.oxbow.flink.event.Origin;
import io.oxbow.flink.event.Query;
import io.oxbow.flink.event.StreamEvent;
import io.oxbow.flink.inference.SsmInference;
import io.oxbow.flink.testing.TestModels;
import io.oxbow.flink.testing.TestStreams;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class ReorderOperatorTest {
    private static final long WITHIN = 100;

    private static final class Harness
            extends KeyedOneInputStreamOperatorTestHarness<String, StreamEvent, StreamEvent> {
        Harness() throws Exception {
            super(
                    new ReorderOperator(WITHIN, new MaxAhead(60_000)),
                    StreamEvent::streamId,
                    Types.STRING);
        }

        void process(StreamEvent event) throws Exception {
            processElement(event, event.eventTime());
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

        List<Long> times(String stream) {
            return extractOutputValues().stream()
                    .filter(e -> e.streamId().equals(stream))
                    .map(StreamEvent::eventTime)
                    .toList();
        }
    }

    @Test
    void observationsLeaveInTheOrderOfTheirTimes() throws Exception {
        try (Harness harness = opened()) {
            for (long time : new long[] {1_030, 1_010, 1_050, 1_020}) {
                harness.process(event("a", time, time, 1, 1, 1));
                harness.process(event("b", time, 2_000 - time, 1, 1, 1));
            }
            harness.processWatermark(1_000 + WITHIN);
            assertThat(harness.times("a")).isEmpty();
            assertThat(harness.times("b")).containsExactly(950L, 970L, 980L, 990L);
            harness.processWatermark(1_020 + WITHIN);
            assertThat(harness.times("a")).containsExactly(1_010L, 1_020L);
            harness.processWatermark(Watermark.MAX_WATERMARK);
            assertThat(harness.times("a")).containsExactly(1_010L, 1_020L, 1_030L, 1_050L);
        }
    }

    @Test
    void thoseOfOneTimeLeaveInTheOrderOfTheirNumbers() throws Exception {
        try (Harness harness = opened()) {
            for (long seq : new long[] {3, 1, 2}) {
                harness.process(event("a", seq, 1_000, 1, 1, 1));
            }
            harness.processWatermark(Watermark.MAX_WATERMARK);
            assertThat(harness.extractOutputValues())
                    .extracting(e -> ((Observation) e).seq())
                    .containsExactly(1L, 2L, 3L);
        }
    }

    @Test
    void whatIsTooLateCannotBeOrIsAQuestionGoesOnAtOnce() throws Exception {
        try (Harness harness = opened()) {
            harness.processWatermark(1_000 + WITHIN);
            Observation late = event("a", 1, 1_000, 1, 1, 1);
            long sent = 1_700_000_000_000L;
            Observation impossible =
                    new Observation(
                            "a",
                            1,
                            2,
                            sent + 60_001,
                            sent,
                            TestModels.ENCODER,
                            new float[3],
                            Health.OK,
                            Origin.NONE);
            Query query = new Query("q", "a", "", "status", 0, 0, 0, 0, 0, 1_500, "");
            harness.process(late);
            harness.process(impossible);
            harness.process(query);
            assertThat(harness.extractOutputValues()).containsExactly(late, impossible, query);
        }
    }

    @Test
    void theWatermarkIsHeldBackByAsMuch() throws Exception {
        try (Harness harness = opened()) {
            harness.processWatermark(Long.MIN_VALUE + 5);
            harness.processWatermark(1_000);
            harness.processWatermark(Watermark.MAX_WATERMARK);
            assertThat(harness.getOutput())
                    .containsExactly(new Watermark(1_000 - WITHIN), Watermark.MAX_WATERMARK);
        }
    }

    @Test
    void whatWaitsSurvivesACrash() throws Exception {
        OperatorSubtaskState state;
        try (Harness harness = opened()) {
            harness.process(event("a", 2, 1_020, 1, 1, 1));
            harness.process(event("a", 1, 1_010, 1, 1, 1));
            state = harness.snapshot(1, 1);
        }
        try (Harness harness = new Harness()) {
            harness.initializeState(state);
            harness.open();
            harness.process(event("a", 0, 1_000, 1, 1, 1));
            harness.processWatermark(Watermark.MAX_WATERMARK);
            assertThat(harness.times("a")).containsExactly(1_000L, 1_010L, 1_020L);
        }
    }

    @Test
    void aShuffledStreamIsRememberedAsIfItHadComeInOrder() throws Exception {
        List<StreamEvent> inOrder = TestStreams.events(4, 3, 300);
        List<StreamEvent> shuffled = new ArrayList<>(inOrder);
        for (int from = 0; from < shuffled.size(); from += 20) {
            Collections.shuffle(shuffled.subList(from, from + 20), new Random(from));
        }
        List<String> expected = inferences(inOrder, Duration.ZERO);
        assertThat(expected).hasSize(300);
        assertThat(inferences(shuffled, Duration.ZERO)).hasSizeLessThan(300);
        assertThat(inferences(shuffled, Duration.ofMillis(20 * 40))).isEqualTo(expected);
    }

    private static List<String> inferences(List<StreamEvent> events, Duration within)
            throws Exception {
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment().setParallelism(1);
        return SsmInference.on(
                        env.fromData(events, EventTypes.STREAM_EVENT)
                                .assignTimestampsAndWatermarks(
                                        WatermarkStrategy.<StreamEvent>forMonotonousTimestamps()
                                                .withTimestampAssigner((e, t) -> e.eventTime())))
                .model(() -> TestModels.seeded(1))
                .option(OxbowOptions.TIME_REORDER_WITHIN, within)
                .build()
                .inferences()
                .executeAndCollect(events.size() + 1)
                .stream()
                .sorted(Comparator.comparingLong(Inference::eventTime))
                .map(
                        i ->
                                i.streamId()
                                        + i.seq()
                                        + List.of(i.stateVersion(), i.score())
                                        + Arrays.toString(i.forecast()))
                .toList();
    }

    private static Harness opened() throws Exception {
        Harness harness = new Harness();
        harness.open();
        return harness;
    }
}
