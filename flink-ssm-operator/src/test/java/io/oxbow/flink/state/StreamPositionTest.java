package io.oxbow.flink.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.oxbow.flink.event.Observation;
import io.oxbow.flink.state.StreamPosition.Arrival;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StreamPositionTest {
    private final StreamPosition position = new StreamPosition();

    @Test
    void aRepeatedNumberIsADuplicateAndAMissingOneMayStillCome() {
        assertThat(take(1, 10, 100)).isEqualTo(Arrival.IN_ORDER);
        assertThat(take(1, 13, 103)).isEqualTo(Arrival.IN_ORDER);
        assertThat(take(1, 13, 103)).isEqualTo(Arrival.DUPLICATE);
        assertThat(take(1, 10, 100)).isEqualTo(Arrival.DUPLICATE);
        assertThat(take(1, 11, 101)).isEqualTo(Arrival.LATE);
        assertThat(take(1, 11, 101)).isEqualTo(Arrival.DUPLICATE);
        assertThat(take(1, 12, 103)).isEqualTo(Arrival.IN_ORDER);
        assertThat(position.steps()).isEqualTo(3);
    }

    @Test
    void whatLiesTooFarBackCountsAsADuplicate() {
        take(1, 1_000, 1);
        assertThat(take(1, 1_000 - 63, 1)).isEqualTo(Arrival.IN_ORDER);
        assertThat(take(1, 1_000 - 64, 1)).isEqualTo(Arrival.DUPLICATE);
    }

    @Test
    void aNewEpochStartsTheNumbersAnewAndAnOldOneIsOver() {
        take(1, 500, 10);
        assertThat(position.missingBefore(2, 0)).isZero();
        assertThat(take(2, 0, 20)).isEqualTo(Arrival.IN_ORDER);
        assertThat(take(1, 501, 30)).isEqualTo(Arrival.DUPLICATE);
        assertThat(take(2, 1, 5)).isEqualTo(Arrival.LATE);
    }

    @Test
    void unnumberedEventsAreJudgedByTimeAlone() {
        assertThat(take(0, Observation.UNNUMBERED, 10)).isEqualTo(Arrival.IN_ORDER);
        assertThat(take(0, Observation.UNNUMBERED, 10)).isEqualTo(Arrival.IN_ORDER);
        assertThat(take(0, Observation.UNNUMBERED, 9)).isEqualTo(Arrival.LATE);
        assertThat(position.missingBefore(0, Observation.UNNUMBERED)).isZero();
    }

    @Test
    void missingNumbersAreCountedAtTheGap() {
        take(1, 10, 1);
        assertThat(position.missingBefore(1, 11)).isZero();
        assertThat(position.missingBefore(1, 15)).isEqualTo(4);
        assertThat(position.missingBefore(1, 3)).isZero();
    }

    @Test
    void noNumberIsEverTakenTwice() {
        Random random = new Random(3);
        Set<Long> taken = new HashSet<>();
        long newest = 0;
        for (int i = 0; i < 20_000; i++) {
            long seq = Math.max(0, newest + random.nextInt(90) - 80);
            boolean recent = seq > newest - 64;
            Arrival arrival = take(1, seq, i);
            boolean fresh = taken.add(seq);
            assertThat(arrival != Arrival.DUPLICATE)
                    .as("number %s after %s", seq, newest)
                    .isEqualTo(fresh && (recent || i == 0));
            newest = Math.max(newest, seq);
        }
    }

    @Test
    void theGapBetweenEventsIsInSeconds() {
        assertThat(position.secondsUntil(5_000)).isZero();
        take(1, 0, 5_000);
        assertThat(position.secondsUntil(5_040)).isEqualTo(0.04f);
        assertThat(position.secondsUntil(5_000)).isZero();
    }

    private Arrival take(long epoch, long seq, long eventTime) {
        Arrival arrival = position.arrive(epoch, seq, eventTime);
        if (arrival == Arrival.IN_ORDER) {
            position.absorb(eventTime);
        }
        return arrival;
    }
}
