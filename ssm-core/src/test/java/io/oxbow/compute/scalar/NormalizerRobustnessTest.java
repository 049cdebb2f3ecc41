package io.oxbow.compute.scalar;

import static org.assertj.core.api.Assertions.assertThat;

import io.oxbow.compute.OutputBatch;
import io.oxbow.compute.StateTable;
import io.oxbow.compute.StepKernel;
import io.oxbow.compute.TokenBatch;
import io.oxbow.model.StateRows;
import io.oxbow.plan.OutputLayout;
import io.oxbow.plan.Register;
import io.oxbow.plan.RunningNormalizer;
import io.oxbow.plan.StepPlan;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What bad values can do to the running normaliser, and what they cannot. */
class NormalizerRobustnessTest {
    private static final int CHANNELS = 3;
    private static final int OUT = 3 * CHANNELS;
    private static final float LIMIT = 8;
    private static final double MIN_WEIGHT = 1e-4;
    private static final double REACH = 100;
    private static final int TOKENS = 12_000;

    /** Where the bad value comes. */
    private static final int AT = 2_000;

    private static final float[] CLEAN = readings();

    private static float[] readings() {
        Random random = new Random(5);
        float[] values = new float[TOKENS * CHANNELS];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (100 * (i % CHANNELS + 1) + 3 * random.nextGaussian());
        }
        return values;
    }

    private static StepPlan plan() {
        StepPlan.Builder plan = StepPlan.builder(CHANNELS);
        Register u = plan.register("u", CHANNELS);
        Register mean = plan.register("mean", CHANNELS);
        Register deviation = plan.register("deviation", CHANNELS);
        plan.add(
                new RunningNormalizer(
                        plan.input(),
                        u,
                        mean,
                        deviation,
                        plan.state().f32("moments", 2, CHANNELS),
                        plan.state().i64("steps"),
                        LIMIT,
                        MIN_WEIGHT));
        return plan.build(
                OutputLayout.builder()
                        .add("u", u)
                        .add("mean", mean)
                        .add("deviation", deviation)
                        .build(),
                row -> {});
    }

    /** Of each token u, mean and deviation, (tokens, 3, channels). */
    private static float[] run(float[] readings) {
        StepPlan plan = plan();
        StateRows row = new StateRows(plan.layout(), 1);
        return run(plan, readings, 0, TOKENS, row);
    }

    /** From the state in {@code row}, which is then the state behind the last token. */
    private static float[] run(StepPlan plan, float[] readings, int from, int to, StateRows row) {
        int count = to - from;
        TokenBatch batch = new TokenBatch(CHANNELS, count, 1);
        System.arraycopy(readings, from * CHANNELS, batch.tokens(), 0, count * CHANNELS);
        batch.offsets()[1] = count;
        batch.size(count, 1);
        OutputBatch outputs = new OutputBatch(plan.outputs(), count);
        try (StepKernel kernel = new ScalarBackend().prepare(plan, count, 1);
                StateTable table = kernel.newTable(1)) {
            int[] slot = {0};
            if (from == 0) {
                table.initRows(slot, 1);
            } else {
                table.writeRows(slot, 1, row);
            }
            kernel.run(batch, table, outputs);
            table.readRows(slot, 1, row);
        }
        return outputs.values();
    }

    private static float u(float[] out, int token, int channel) {
        return out[token * OUT + channel];
    }

    private static double mean(float[] out, int token, int channel) {
        return out[token * OUT + CHANNELS + channel];
    }

    private static double deviation(float[] out, int token, int channel) {
        return out[token * OUT + 2 * CHANNELS + channel];
    }

    /** Bounds follow from d: weight w of one token, and 100 deviations at most. */
    @ParameterizedTest
    @ValueSource(floats = {1e4f, 1e30f, -1e30f, Float.MAX_VALUE, -Float.MAX_VALUE})
    void oneValueOfAnySizeMovesTheMomentsByABoundedShareOfADeviation(float value) {
        float[] dirty = CLEAN.clone();
        dirty[AT * CHANNELS + 1] = value;
        float[] clean = run(CLEAN);
        float[] hit = run(dirty);
        double slack = 1.06;
        assertThat(Math.abs(u(hit, AT, 1))).isLessThanOrEqualTo(LIMIT);
        for (int t = AT + 1; t < TOKENS; t++) {
            double usual = deviation(clean, t, 1);
            double weight = Math.max(1.0 / t, MIN_WEIGHT);
            double shift = Math.abs(mean(hit, t, 1) - mean(clean, t, 1));
            double widening = Math.pow(deviation(hit, t, 1) / usual, 2) - 1;
            assertThat(shift).isLessThanOrEqualTo(slack * REACH * weight * usual);
            assertThat(widening).isLessThanOrEqualTo(slack * REACH * REACH * weight);
        }
        assertThat(deviation(hit, AT + 1, 1)).isGreaterThan(2 * deviation(clean, AT + 1, 1));
        assertThat(deviation(hit, TOKENS - 1, 1)).isLessThan(1.4 * deviation(clean, TOKENS - 1, 1));
    }

    @Test
    void aBadChannelLeavesTheOthersBitForBit() {
        float[] dirty = CLEAN.clone();
        for (int t = 0; t < TOKENS; t++) {
            dirty[t * CHANNELS] = t < AT ? 7 : t % 2 == 0 ? Float.MAX_VALUE : -Float.MAX_VALUE;
        }
        float[] clean = run(CLEAN);
        float[] hit = run(dirty);
        for (int t = 0; t < TOKENS; t++) {
            for (int part = 0; part < 3; part++) {
                int at = t * OUT + part * CHANNELS;
                assertThat(Arrays.copyOfRange(hit, at + 1, at + CHANNELS))
                        .isEqualTo(Arrays.copyOfRange(clean, at + 1, at + CHANNELS));
                assertThat(Float.isFinite(hit[at]) || t == 0).isTrue();
            }
            assertThat(deviation(hit, t, 0)).isPositive();
            assertThat(Math.abs(u(hit, t, 0))).isLessThanOrEqualTo(LIMIT);
        }
        // It never moved before: the first step away is as far out as can be said.
        assertThat(u(hit, AT, 0)).isGreaterThan(0.99f * LIMIT);
    }

    @Test
    void itGoesOnFromItsStateBitForBit() {
        float[] dirty = CLEAN.clone();
        dirty[AT * CHANNELS] = 1e20f;
        float[] whole = run(dirty);
        for (int cut : new int[] {1, 15, 16, AT, AT + 1, TOKENS - 1}) {
            StepPlan plan = plan();
            StateRows row = new StateRows(plan.layout(), 1);
            float[] before = run(plan, dirty, 0, cut, row);
            float[] after = run(plan, dirty, cut, TOKENS, row);
            assertThat(before).isEqualTo(Arrays.copyOf(whole, cut * OUT));
            assertThat(after).isEqualTo(Arrays.copyOfRange(whole, cut * OUT, TOKENS * OUT));
        }
    }
}
