package io.oxbow.flink.inference;

import static io.oxbow.flink.testing.TestStreams.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.oxbow.flink.OxbowOptions;
import io.oxbow.flink.event.Inference;
import io.oxbow.flink.event.Observation;
import io.oxbow.flink.event.Origin;
import io.oxbow.flink.event.Rejected;
import io.oxbow.flink.event.StreamEvent;
import java.time.Duration;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.junit.jupiter.api.Test;

/** Which events reach the model, and where the others go. */
class EventIntakeTest {
    @Test
    void repeatedEventsAreDroppedAndMissingOnesCounted() throws Exception {
        try (InferenceHarness harness = InferenceHarness.with().open()) {
            harness.process(
                    List.of(
                            event("a", 10, 1, 1, 0, 0),
                            event("a", 11, 2, 1, 0, 0),
                            event("a", 11, 2, 1, 0, 0),
                            event("a", 10, 1, 1, 0, 0),
                            event("a", 15, 3, 1, 0, 0)));
            harness.endInput();
            assertThat(harness.extractOutputValues())
                    .extracting(s -> ((Inference) s).seq())
                    .containsExactly(10L, 11L, 15L);
            assertThat(harness.metrics().duplicates.getCount()).isEqualTo(2);
            assertThat(harness.metrics().sequenceGaps.getCount()).isEqualTo(3);
        }
    }

    @Test
    void lateEventsGoAsideAndLeaveTheStateAlone() throws Exception {
        Observation late = event("a", 1, 50, 9, 9, 9);
        List<StreamEvent> inOrder = List.of(event("a", 0, 10, 1, 0, 0), event("a", 2, 60, 1, 0, 0));
        try (InferenceHarness with = InferenceHarness.with().open();
                InferenceHarness without = InferenceHarness.with().open()) {
            with.process(inOrder);
            with.process(late);
            with.process(late);
            with.process(event("a", 3, 60, 1, 1, 1));
            with.endInput();
            without.process(inOrder);
            without.process(event("a", 3, 60, 1, 1, 1));
            without.endInput();
            assertThat(with.contents()).isEqualTo(without.contents()).hasSize(3);
            assertThat(with.getSideOutput(SideOutputs.LATE))
                    .singleElement()
                    .satisfies(r -> assertThat(r.getValue().eventTime()).isEqualTo(50))
                    .satisfies(r -> assertThat(r.getTimestamp()).isEqualTo(50));
            assertThat(with.metrics().late.getCount()).isEqualTo(1);
            assertThat(with.metrics().duplicates.getCount()).isEqualTo(1);
        }
    }

    @Test
    void badInputGoesAsideAndLeavesTheStateAlone() throws Exception {
        Observation good = event("a", 1, 2, 1, 2, 3);
        List<StreamEvent> bad =
                List.of(
                        event("a", 7, 90, 1, Float.NaN, 0),
                        event("a", 7, 90, 1, 0, Float.NEGATIVE_INFINITY),
                        event("a", 7, 90, 1, 0),
                        event("a", 7, 90, 1, 0, 0, 0),
                        encodedBy(0xbadL, good));
        try (InferenceHarness with = InferenceHarness.with().open();
                InferenceHarness without = InferenceHarness.with().open()) {
            with.process(event("a", 0, 1, 1, 0, 0));
            with.process(bad);
            with.process(encodedBy(0, good));
            with.endInput();
            without.process(event("a", 0, 1, 1, 0, 0));
            without.process(encodedBy(0, good));
            without.endInput();
            assertThat(with.contents()).isEqualTo(without.contents()).hasSize(2);
            assertThat(with.getSideOutput(SideOutputs.REJECTED))
                    .extracting(StreamRecord::getValue)
                    .extracting(Rejected::error)
                    .containsExactly(
                            "channel 1 is NaN, not a finite number",
                            "channel 2 is -Infinity, not a finite number",
                            "the vector has 2 values; the model takes 3",
                            "the vector has 4 values; the model takes 3",
                            "the vector was made by encoder 0000000000000bad; the model was"
                                    + " trained on encoder 000000000000abcd");
            assertThat(with.metrics().rejected.getCount()).isEqualTo(5);
        }
    }

    @Test
    void timesAheadOfTheProducersClockAndAbsurdNumbersAreRefused() throws Exception {
        long hour = 3_600_000;
        long year = 9_000 * hour;
        long day = 1_700_000_000_000L;
        try (InferenceHarness harness =
                InferenceHarness.with()
                        .option(OxbowOptions.TIME_MAX_AHEAD, Duration.ofHours(1))
                        .option(OxbowOptions.SEQUENCE_MAX_JUMP, 10L)
                        .open()) {
            harness.process(sentAt(day, event("a", 0, day, 1, 0, 0)));
            harness.process(sentAt(day + 1, event("a", 1, day + 2 + hour, 1, 0, 0)));
            harness.process(sentAt(day + 2, event("a", 2, day + 2 + hour, 1, 0, 0)));
            harness.process(sentAt(day + year, event("a", 3, day + year, 1, 0, 0)));
            harness.process(sentAt(9, event("a", 4, day + 2 * year, 1, 0, 0)));
            harness.process(sentAt(9, event("a", 16, day + 3 * year, 1, 0, 0)));
            harness.process(sentAt(9, event("a", Long.MAX_VALUE, day + 3 * year, 1, 0, 0)));
            harness.process(sentAt(9, event("a", 15, day + 3 * year, 1, 0, 0)));
            harness.endInput();
            assertThat(harness.extractOutputValues())
                    .extracting(s -> ((Inference) s).seq())
                    .containsExactly(0L, 2L, 3L, 4L, 15L);
            assertThat(harness.getSideOutput(SideOutputs.REJECTED))
                    .extracting(StreamRecord::getValue)
                    .extracting(Rejected::error)
                    .satisfiesExactly(
                            e -> assertThat(e).contains("more than 3600000 ms after"),
                            e -> assertThat(e).startsWith("11 sequence numbers are missing"),
                            e -> assertThat(e).contains("raise its epoch"));
        }
    }

    @Test
    void aClockThatLeapsOnceIsNotBelievedAndALongSilenceIs() throws Exception {
        long day = 86_400_000;
        try (InferenceHarness harness =
                InferenceHarness.with()
                        .option(OxbowOptions.TIME_MAX_JUMP, Duration.ofDays(1))
                        .open()) {
            harness.process(event("a", 0, 1_000, 1, 0, 0));
            harness.process(event("a", 1, 40 * day, 1, 0, 0));
            // The same again: a repetition says nothing.
            harness.process(event("a", 1, 40 * day, 1, 0, 0));
            harness.process(event("a", 2, 2_000, 1, 0, 0));
            harness.process(event("a", 3, 40 * day, 1, 0, 0));
            harness.process(event("b", 0, 40 * day, 1, 0, 0));
            OperatorSubtaskState snapshot = harness.checkpoint(1);
            try (InferenceHarness later =
                    InferenceHarness.with()
                            .option(OxbowOptions.TIME_MAX_JUMP, Duration.ofDays(1))
                            .restored(snapshot)
                            .open()) {
                later.process(event("a", 4, 40 * day + 9, 1, 0, 0));
                later.process(event("a", 5, 40 * day + 10, 1, 0, 0));
                later.endInput();
                assertThat(seqs(later)).containsExactly("a4", "a5");
                assertThat(later.metrics().late.getCount()).isZero();
            }
            harness.endInput();
            assertThat(seqs(harness)).containsExactly("a0", "a2", "b0");
            assertThat(harness.metrics().late.getCount()).isZero();
            assertThat(harness.metrics().duplicates.getCount()).isZero();
            assertThat(harness.getSideOutput(SideOutputs.REJECTED))
                    .hasSize(3)
                    .allSatisfy(
                            refused ->
                                    assertThat(refused.getValue().error())
                                            .startsWith("clock jump: the event time 3456000000"));
        }
    }

    private static List<String> seqs(InferenceHarness harness) {
        return harness.extractOutputValues().stream()
                .map(s -> s.streamId() + ((Inference) s).seq())
                .toList();
    }

    private static Observation sentAt(long ingestTime, Observation event) {
        return new Observation(
                event.streamId(),
                event.epoch(),
                event.seq(),
                event.eventTime(),
                ingestTime,
                event.encoderHash(),
                event.values(),
                event.health(),
                Origin.NONE);
    }

    private static Observation encodedBy(long encoderHash, Observation event) {
        return new Observation(
                event.streamId(),
                event.epoch(),
                event.seq(),
                event.eventTime(),
                event.ingestTime(),
                encoderHash,
                event.values(),
                event.health(),
                Origin.NONE);
    }
}
