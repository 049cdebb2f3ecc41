package io.oxbow.jobs.ask;

import static org.assertj.core.api.Assertions.assertThat;

import io.oxbow.flink.event.Timeline;
import org.junit.jupiter.api.Test;

class TimelineChartTest {
    private static final float NAN = Float.NaN;

    @Test
    void drawsHigherCellsHigherAndGapsAsDots() {
        Timeline timeline = new Timeline(0, 60_000, new float[] {0, 1, NAN, 7.9f, 8}, 0.5f, 1);
        assertThat(new TimelineChart(60).draw(timeline).lines())
                .containsExactly(
                        "0.000 to 8.000, error 0.5000, nine in ten within 1.000",
                        "▁▂·██",
                        "1970-01-01 00:00:00 to 1970-01-01 00:05:00");
    }

    @Test
    void narrowsALongCurveByMeansThatSkipGaps() {
        Timeline timeline =
                new Timeline(0, 1_000, new float[] {0, NAN, 4, 4, NAN, NAN, 8}, NAN, NAN);
        assertThat(new TimelineChart(4).draw(timeline).lines().skip(1).findFirst())
                .hasValue("▁▅·█");
    }

    @Test
    void aFlatCurveIsDrawnLow() {
        Timeline timeline = new Timeline(0, 1_000, new float[] {3, 3}, NAN, NAN);
        assertThat(new TimelineChart(4).draw(timeline)).contains("▁▁");
    }

    @Test
    void saysWhenNothingWasSeen() {
        Timeline timeline = new Timeline(0, 1_000, new float[] {NAN, NAN}, NAN, NAN);
        assertThat(new TimelineChart(4).draw(timeline)).isEqualTo("nothing was seen in this range");
    }
}
