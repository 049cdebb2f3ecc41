package io.oxbow.flink.summary;

import static io.oxbow.flink.summary.Signals.DAY;
import static io.oxbow.flink.summary.Signals.HOUR;
import static io.oxbow.flink.summary.Signals.MINUTE;
import static io.oxbow.flink.summary.Signals.MONDAY_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.oxbow.flink.VectorMeanings;
import io.oxbow.flink.event.Anomaly;
import io.oxbow.flink.event.Summary;
import io.oxbow.flink.event.Timeline;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Remembered curves against what really was. */
class CurvesTest {
    private static final long MIDNIGHT = MONDAY_8 + 16 * HOUR;

    /** Keeps the truth beside the memory. */
    private static final class Day implements Findings {
        private final List<Summary> summaries = new ArrayList<>();
        private final double[] sum = new double[24];
        private final int[] count = new int[24];

        @Override
        public void summary(Summary summary) {
            summaries.add(summary);
        }

        @Override
        public void anomaly(Anomaly anomaly) {
            assertThat(anomaly.kind()).isEqualTo("offline");
        }
    }

    private static Day remember(long seed, boolean outages) {
        SummarySettings settings = SummarySettings.from(new Configuration(), VectorMeanings.NONE);
        MemoryPlan plan = new MemoryPlan(settings);
        Day day = new Day();
        StreamWatch watch = new StreamWatch(settings, plan, day);
        StreamMemory memory = new StreamMemory(plan);
        Random random = new Random(seed);
        double level = 1;
        for (long t = MIDNIGHT; t < MIDNIGHT + DAY; t += 20_000) {
            if (outages && random.nextInt(1000) == 0) {
                t += random.nextInt((int) (3 * HOUR));
                continue;
            }
            double hour = (t - MIDNIGHT) / (double) HOUR;
            level += 0.05 * random.nextGaussian() - 0.01 * (level - 1);
            double visit = random.nextInt(400) == 0 ? 5 : 0;
            float activity =
                    (float) (3 + 2 * Math.sin((hour - 8) / 24 * 2 * Math.PI) + level + visit);
            watch.see(memory, Signals.event("gate", t, activity));
            day.sum[(int) hour] += activity;
            day.count[(int) hour]++;
        }
        watch.passTime(memory, "gate", MIDNIGHT + DAY);
        return day;
    }

    private static Timeline curveOfTheDay(Day day) {
        Summary summary = day.summaries.get(day.summaries.size() - 1);
        assertThat(summary.kind()).isEqualTo("day");
        assertThat(summary.from()).isEqualTo(MIDNIGHT);
        return summary.activity();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theStatedErrorIsTheTrueError(boolean outages) {
        for (long seed = 0; seed < 20; seed++) {
            Day day = remember(seed, outages);
            Timeline curve = curveOfTheDay(day);
            assertThat(curve.values()).hasSize(24);
            double squares = 0;
            int known = 0;
            for (int h = 0; h < 24; h++) {
                if (day.count[h] > 0 && !Float.isNaN(curve.values()[h])) {
                    double difference = curve.values()[h] - day.sum[h] / day.count[h];
                    squares += difference * difference;
                    known++;
                }
            }
            double trueError = Math.sqrt(squares / known);
            assertThat((double) curve.error()).isCloseTo(trueError, within(1e-4));
            assertThat(known).isGreaterThan(outages ? 8 : 23);
            // The hours spread by about 1.4; a day without outages is known to a twentieth of that.
            assertThat(curve.error()).isLessThan(outages ? 0.3f : 0.07f);
        }
    }

    @Test
    void aGapIsAGapAndNotAZero() {
        int gaps = 0;
        for (long seed = 0; seed < 20; seed++) {
            Day day = remember(seed, true);
            Timeline curve = curveOfTheDay(day);
            for (int h = 0; h < 24; h++) {
                float value = curve.values()[h];
                if (day.count[h] == 0) {
                    gaps++;
                    // The edge of a long gap is blurred by minutes, not by its length.
                    assertThat(Float.isNaN(value) || value > 1).isTrue();
                }
                if (!Float.isNaN(value)) {
                    assertThat(value).isBetween(0.5f, 7.5f);
                }
            }
        }
        assertThat(gaps).isPositive();
    }

    @Test
    void manyStepsAtOnceAreAsManySteps() {
        LegendreWindow window = new LegendreWindow(64, 1440);
        Random random = new Random(1);
        double[] one = new double[64];
        for (int i = 0; i < 2000; i++) {
            window.advance(one, random.nextGaussian(), 1);
        }
        double[] many = one.clone();
        for (int i = 0; i < 777; i++) {
            window.advance(one, 0.5, 1);
        }
        window.advance(many, 0.5, 777);
        assertThat(many).containsExactly(one, within(1e-9));
    }

    @Test
    void aSmoothCurveIsKeptNearlyExactly() {
        LegendreWindow window = new LegendreWindow(30, 60);
        double[] state = new double[30];
        for (int i = 0; i < 600; i++) {
            window.advance(state, Math.sin(i / 9.0), 1);
        }
        double[] basis = new double[30];
        for (int ago = 1; ago < 59; ago++) {
            window.basisAt(ago + 0.5, basis);
            double truth = Math.sin((599 - ago) / 9.0);
            assertThat(LegendreWindow.dot(state, basis)).isCloseTo(truth, within(0.02));
        }
    }

    /** Holding still for as long as the window forgets everything else. */
    @Test
    void theWindowForgets() {
        LegendreWindow window = new LegendreWindow(32, 100);
        double[] state = new double[32];
        window.advance(state, 1000, 50);
        window.advance(state, 2, 100);
        double[] basis = new double[32];
        window.basisAt(70, basis);
        assertThat(LegendreWindow.dot(state, basis)).isEqualTo(2);
    }

    @Test
    void cellsAreMinutesOrMoreOfTheirSpan() {
        assertThat(new SpanPlan(HOUR, true, 64).stepMillis()).isEqualTo(MINUTE);
        assertThat(new SpanPlan(HOUR, true, 64).cellMillis()).isEqualTo(5 * MINUTE);
        assertThat(new SpanPlan(DAY, true, 64).cellMillis()).isEqualTo(5 * MINUTE);
        assertThat(new SpanPlan(DAY, true, 64).stepMillis()).isEqualTo(MINUTE);
        assertThat(new SpanPlan(7 * DAY, true, 64).cellMillis()).isEqualTo(HOUR);
        assertThat(new SpanPlan(10_000, true, 64).cellMillis()).isEqualTo(1000);
    }
}
