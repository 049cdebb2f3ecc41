package io.oxbow.flink.summary;

import static io.oxbow.flink.summary.Signals.DAY;
import static io.oxbow.flink.summary.Signals.HOUR;
import static io.oxbow.flink.summary.Signals.MONDAY_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class HumanTextTest {

    @Test
    void rangesSayTheDateOnce() {
        long midnight = MONDAY_8 - 8 * HOUR;
        assertThat(HumanText.range(MONDAY_8, MONDAY_8 + HOUR))
                .isEqualTo("Monday 3 March 2025, 08:00 to 09:00");
        assertThat(HumanText.range(midnight, midnight + DAY)).isEqualTo("Monday 3 March 2025");
        assertThat(HumanText.range(midnight + 23 * HOUR, midnight + DAY))
                .isEqualTo("Monday 3 March 2025, 23:00 to 00:00");
        assertThat(HumanText.range(midnight, midnight + 7 * DAY))
                .isEqualTo("Monday 3 March 2025 to Sunday 9 March 2025");
        assertThat(HumanText.range(MONDAY_8, MONDAY_8 + DAY))
                .isEqualTo("Monday 3 March 2025, 08:00 to Tuesday 4 March 2025, 08:00");
        assertThat(HumanText.range(MONDAY_8 + 10_000, MONDAY_8 + 20_000))
                .isEqualTo("Monday 3 March 2025, 08:00:10 to 08:00:20");
        assertThat(HumanText.range(MONDAY_8 + 125, MONDAY_8 + 250))
                .isEqualTo("Monday 3 March 2025, 08:00:00.125 to 08:00:00.250");
    }

    @Test
    void durationsHaveAtMostTwoUnits() {
        assertThat(HumanText.duration(1)).isEqualTo("1 millisecond");
        assertThat(HumanText.duration(40_000)).isEqualTo("40 seconds");
        assertThat(HumanText.duration(110_000)).isEqualTo("1 minute 50 seconds");
        assertThat(HumanText.duration(3 * HOUR)).isEqualTo("3 hours");
        assertThat(HumanText.duration(DAY + 2 * HOUR)).isEqualTo("1 day 2 hours");
    }

    @Test
    void numbersHaveThreeDigits() {
        assertThat(HumanText.number(1.8449f)).isEqualTo("1.84");
        assertThat(HumanText.number(-0.0031249f)).isEqualTo("-0.00312");
        assertThat(HumanText.number(41_249)).isEqualTo("41200");
        assertThat(HumanText.number(0)).isEqualTo("0");
        assertThat(HumanText.number(Float.NaN)).isEqualTo("unknown");
    }

    @Test
    void allIsSaidOnlyOfAll() {
        assertThat(HumanText.percent(0.9999)).isEqualTo("99 %");
        assertThat(HumanText.percent(1)).isEqualTo("100 %");
        assertThat(HumanText.percent(0.0001)).isEqualTo("under 1 %");
        assertThat(HumanText.percent(0)).isEqualTo("0 %");
    }

    @Test
    void raritiesAreRound() {
        assertThat(HumanText.rarity(3e-5f)).isEqualTo("one event in 33,000");
        assertThat(HumanText.rarity(0)).isEqualTo("less than one event in a billion");
    }

    @Test
    void listsAreReadAloud() {
        assertThat(HumanText.list(List.of())).isEmpty();
        assertThat(HumanText.list(List.of("a"))).isEqualTo("a");
        assertThat(HumanText.list(List.of("a", "b", "c"))).isEqualTo("a, b and c");
    }
}
