package io.oxbow.arch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.oxbow.model.SsmModel;
import io.oxbow.model.TimeMode;
import io.oxbow.plan.Stepping;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A slow signal, sampled every second, and again with half of the samples missing: in event time
 * both end near the same state; per event they do not.
 */
class EventTimeTest {
    private static final int SECONDS = 400;
    private static final int CHANNELS = 3;
    private static final double PERIOD = 300;

    private static SsmModel model(String architecture, String timeMode) {
        Map<String, String> options = Map.of("time-mode", timeMode);
        return switch (architecture) {
            case "s4d" -> SampleModels.s4d(options);
            case "s4 diag" -> SampleModels.s4("diag", options);
            case "s4 dplr" -> SampleModels.s4("dplr", options);
            case "s5" -> SampleModels.s5(options);
            case "lru" -> SampleModels.lru(options);
            default ->
                    SampleModels.hippo(architecture, Map.of("dt", "0.005", "time-mode", timeMode));
        };
    }

    /** What is known of the signal: all of it, or the seconds that {@code seed} keeps. */
    private static float[] state(SsmModel model, long seed, double kept) {
        Random random = new Random(seed);
        int inputDim = model.inputDim();
        float[] tokens = new float[SECONDS * inputDim];
        float[] dt = new float[SECONDS];
        int count = 0;
        int last = -1;
        for (int second = 0; second < SECONDS; second++) {
            boolean ends = second == 0 || second == SECONDS - 1;
            if (!ends && random.nextDouble() >= kept) {
                continue;
            }
            for (int c = 0; c < inputDim; c++) {
                tokens[count * inputDim + c] =
                        (float) Math.sin(2 * Math.PI * second / PERIOD + c % CHANNELS);
            }
            dt[count++] = second - last;
            last = second;
        }
        try (ModelRun run = new ModelRun(model.plan(), SECONDS)) {
            run.feed(Arrays.copyOf(tokens, count * inputDim), Arrays.copyOf(dt, count));
            return run.state().floats();
        }
    }

    private static double distance(float[] a, float[] b) {
        double squares = 0;
        double size = 0;
        for (int i = 0; i < a.length; i++) {
            squares += Math.pow(a[i] - b[i], 2);
            size += Math.pow(a[i], 2);
        }
        return Math.sqrt(squares / size);
    }

    @ParameterizedTest
    @ValueSource(strings = {"s4d", "s4 diag", "s4 dplr", "s5", "lru", "legt", "fout"})
    void missingSamplesLeaveTheMemoryNearlyAsItWere(String architecture) {
        SsmModel eventTime = model(architecture, "event-time");
        SsmModel perEvent = model(architecture, "per-event");
        float[] dense = state(eventTime, 1, 1);

        double inTime = distance(dense, state(eventTime, 1, 0.5));
        double byCount = distance(dense, state(perEvent, 1, 0.5));

        assertThat(inTime).isLessThan(0.15);
        assertThat(byCount).isGreaterThan(5 * inTime);
    }

    @ParameterizedTest
    @ValueSource(strings = {"s4d", "s4 diag", "s4 dplr", "s5", "lru", "legt", "fout"})
    void aStreamOnTheBeatIsTheSameInBothModes(String architecture) {
        assertThat(state(model(architecture, "event-time"), 1, 1))
                .isEqualTo(state(model(architecture, "per-event"), 1, 1));
    }

    @Test
    void gapsAreRoundedByNoMoreThanStated() {
        Stepping stepping = new Stepping(null, TimeMode.EVENT_TIME, 0.04);
        Random random = new Random(2);
        for (int i = 0; i < 10_000; i++) {
            float gap = (float) Math.exp(10 * random.nextGaussian());
            double ratio = Stepping.ratio(stepping.cell(gap));
            if (stepping.cell(gap) > -30 * Stepping.CELLS_PER_OCTAVE
                    && stepping.cell(gap) < 30 * Stepping.CELLS_PER_OCTAVE) {
                assertThat(Math.abs(ratio * 0.04 / gap - 1))
                        .isLessThanOrEqualTo(1.000001 * Stepping.MAX_GAP_ERROR);
            }
        }
        assertThat(Stepping.MAX_GAP_ERROR).isLessThan(6e-6);
        assertThat(stepping.cell(0.04f)).isZero();
    }

    @Test
    void modelsThatCountEventsRefuseEventTime() {
        assertThatThrownBy(() -> SampleModels.mamba1(Map.of("time-mode", "event-time")))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("cannot run in event time: a Mamba chooses its own steps");
        assertThatThrownBy(() -> SampleModels.hippo("legs", Map.of("time-mode", "event-time")))
                .hasMessageContaining("LegS counts events");
    }
}
