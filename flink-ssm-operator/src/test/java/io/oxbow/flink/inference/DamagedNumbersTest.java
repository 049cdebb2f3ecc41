package io.oxbow.flink.inference;

import static org.assertj.core.api.Assertions.assertThat;

import io.oxbow.flink.event.Health;
import io.oxbow.flink.event.Inference;
import io.oxbow.flink.event.Observation;
import io.oxbow.flink.event.Origin;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One damaged epoch or sequence number does not silence a stream. */
class DamagedNumbersTest {

    private static Observation event(long epoch, long seq, long time) {
        return new Observation(
                "a", epoch, seq, time, 7, 0, new float[] {1, 0, 0}, Health.OK, Origin.NONE);
    }

    private static List<Long> times(InferenceHarness harness) {
        return harness.extractOutputValues().stream()
                .map(signal -> ((Inference) signal).eventTime())
                .toList();
    }

    /** The damaged event first of all, amid its stream, or at the beginning of a new epoch. */
    @ParameterizedTest
    @CsvSource({
        "0, 9223372036854775807, 0",
        "0, 5, 9223372036854775807",
        "10, 9223372036854775807, 10",
        "10, 6, 9223372036854775807",
        "10, 6, 900000000000"
    })
    void theSecondEventAfterItIsBelieved(int at, long epoch, long seq) throws Exception {
        try (InferenceHarness harness = InferenceHarness.with().open()) {
            List<Long> expected = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                boolean damaged = i == at;
                harness.process(event(damaged ? epoch : 5, damaged ? seq : i, 1_000 + i));
                if (i != at + 1) {
                    expected.add(1_000L + i);
                }
                if (i == at + 1) {
                    // Sent twice, as after a producer's retry.
                    harness.process(event(5, i, 1_000 + i));
                }
            }
            harness.endInput();
            assertThat(times(harness)).isEqualTo(expected);
            assertThat(harness.getSideOutput(SideOutputs.REJECTED))
                    .hasSize(2)
                    .allSatisfy(
                            refused ->
                                    assertThat(refused.getValue().error())
                                            .startsWith(
                                                    "numbers went back: epoch 5, number "
                                                            + (at + 1))
                                            .contains("will be believed"));
        }
    }

    @Test
    void theWayBackGoesThroughACheckpoint() throws Exception {
        var before = InferenceHarness.with().open();
        before.process(event(1, 0, 10));
        before.process(event(Long.MAX_VALUE, 1, 11));
        before.process(event(1, 2, 12));
        var snapshot = before.checkpoint(1);
        before.close();
        try (InferenceHarness after = InferenceHarness.with().restored(snapshot).open()) {
            after.process(event(1, 3, 13));
            after.process(event(1, 4, 14));
            after.endInput();
            assertThat(times(after)).containsExactly(13L, 14L);
        }
    }

    @Test
    void repetitionsStayDuplicates() throws Exception {
        try (InferenceHarness harness = InferenceHarness.with().open()) {
            for (int i = 0; i < 100; i++) {
                harness.process(event(1, i, i));
            }
            for (int i = 0; i < 100; i++) {
                harness.process(event(2, i, 100 + i));
            }
            for (int epoch = 1; epoch <= 2; epoch++) {
                for (int i = 0; i < 100; i++) {
                    harness.process(event(epoch, i, 100 * (epoch - 1) + i));
                }
            }
            harness.endInput();
            assertThat(times(harness)).hasSize(200);
            assertThat(harness.metrics().duplicates.getCount()).isEqualTo(200);
            assertThat(harness.getSideOutput(SideOutputs.REJECTED)).isNullOrEmpty();
        }
    }

    @Test
    void aReplacedProducerStaysOutWhileItsSuccessorWrites() throws Exception {
        try (InferenceHarness harness = InferenceHarness.with().open()) {
            harness.process(event(1, 0, 0));
            for (int i = 1; i < 50; i++) {
                harness.process(event(2, i, 10 * i));
                harness.process(event(1, i, 10 * i + 5));
            }
            harness.endInput();
            assertThat(times(harness)).hasSize(50).allMatch(time -> time % 10 == 0);
            assertThat(harness.getSideOutput(SideOutputs.REJECTED)).hasSize(49);
        }
    }

    @Test
    void aProducerWhoseNumbersNeverMoveIsNotBelieved() throws Exception {
        try (InferenceHarness harness = InferenceHarness.with().open()) {
            for (int i = 0; i < 10; i++) {
                harness.process(event(1, 7, i));
            }
            harness.endInput();
            assertThat(times(harness)).containsExactly(0L);
        }
    }
}
