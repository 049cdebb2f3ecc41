package io.oxbow.compute.scalar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.oxbow.compute.OutputBatch;
import io.oxbow.compute.StateTable;
import io.oxbow.compute.StepKernel;
import io.oxbow.compute.TokenBatch;
import io.oxbow.model.StateRows;
import io.oxbow.plan.AnomalyScore;
import io.oxbow.plan.ForecastSurprise;
import io.oxbow.plan.LagWindow;
import io.oxbow.plan.Linear;
import io.oxbow.plan.OutputLayout;
import io.oxbow.plan.Register;
import io.oxbow.plan.RelativeSize;
import io.oxbow.plan.StateNovelty;
import io.oxbow.plan.StepPlan;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** The operations that turn surprise and shape into one score, against their formulas. */
class AnomalyOperationsTest {

    @Test
    void aSizeIsOneWhereAllIsAsUsualAndAShiftStaysUnusualWhileItLasts() {
        Random random = new Random(1);
        float[] x = new float[6000];
        for (int t = 0; t < x.length; t++) {
            x[t] = (float) (random.nextGaussian() + (t >= 4000 && t < 5000 ? 2 : 0));
        }
        StepPlan.Builder plan = StepPlan.builder(1);
        Register out = plan.register("out", 1);
        plan.add(size(plan, out, RelativeSize.Kind.SIZE_OF_AVERAGE));
        float[] sizes = run(plan, x, out);

        assertThat(mean(sizes, 1000, 4000)).isCloseTo(1, within(0.2));
        assertThat(mean(sizes, 4100, 4200)).isGreaterThan(8);
        assertThat(mean(sizes, 4900, 5000)).isGreaterThan(5);
        assertThat(mean(sizes, 5500, 6000)).isLessThan(1.2);
        for (int t = 0; t < 20; t++) {
            assertThat(sizes[t]).isZero();
        }
    }

    @Test
    void aPeakFades() {
        float[] x = new float[400];
        Arrays.fill(x, 1);
        x[300] = 10;
        StepPlan.Builder plan = StepPlan.builder(1);
        Register out = plan.register("out", 1);
        plan.add(size(plan, out, RelativeSize.Kind.PEAK));
        float[] sizes = run(plan, x, out);

        assertThat(sizes[299]).isCloseTo(1, within(0.01f));
        assertThat(sizes[300]).isCloseTo(10, within(0.1f));
        assertThat(sizes[325]).isBetween(4f, 6.1f);
        assertThat(sizes[350]).isLessThan(sizes[325]);
    }

    @Test
    void whatNeverMovedIsUsual() {
        StepPlan.Builder plan = StepPlan.builder(1);
        Register out = plan.register("out", 1);
        plan.add(size(plan, out, RelativeSize.Kind.SIZE_OF_AVERAGE));
        float[] x = new float[1000];
        x[900] = 3;
        float[] sizes = run(plan, x, out);

        assertThat(Arrays.copyOf(sizes, 900)).containsOnly(0f);
        assertThat(sizes[900]).isGreaterThan(50);
    }

    @Test
    void aShapeSeenBeforeIsNearAndANewOneFar() {
        float[] x = new float[4000];
        for (int t = 0; t < x.length; t++) {
            double wave = t < 3500 ? Math.sin(t / 10.0) : Math.sin(t / 3.0);
            x[t] = (float) wave;
        }
        StepPlan.Builder plan = StepPlan.builder(1);
        Register memory = plan.register("memory", 4);
        plan.add(new LagWindow(plan.input(), memory, plan.state().f32("lags", 1, 4)));
        Register out = plan.register("out", 1);
        plan.add(
                new StateNovelty(
                        memory,
                        1,
                        4,
                        out,
                        plan.state().f32("sample", 32, 4),
                        plan.state().f32("waiting", 2, 4),
                        plan.state().f32("moments", 2, 4),
                        plan.state().i64("steps"),
                        16,
                        1e-4));
        float[] distance = run(plan, x, out);

        // One candidate that waited twice for 16 tokens: from token 33 on.
        assertThat(Arrays.copyOf(distance, 33)).containsOnly(0f);
        assertThat(distance[33]).isPositive();
        assertThat(mean(distance, 3504, 3540)).isGreaterThan(2 * mean(distance, 1000, 3500));
    }

    @Test
    void theSampleCoversWhatWasRareBesideWhatWasCommon() {
        float[] x = new float[20_000];
        for (int t = 0; t < x.length; t++) {
            boolean rare = t / 100 % 20 == 19;
            x[t] = rare ? 5 : (float) Math.sin(t);
        }
        StepPlan.Builder plan = StepPlan.builder(1);
        Register out = plan.register("out", 1);
        plan.add(
                new StateNovelty(
                        plan.input(),
                        1,
                        1,
                        out,
                        plan.state().f32("sample", 6, 1),
                        plan.state().f32("waiting", 2, 1),
                        plan.state().f32("moments", 2, 1),
                        plan.state().i64("steps"),
                        16,
                        1e-4));
        float[] distance = run(plan, x, out);

        assertThat(distance[1950]).isGreaterThan(2);
        assertThat(distance[19_950]).isZero();
        assertThat(mean(distance, 18_000, 19_900)).isLessThan(0.5);
    }

    @Test
    void aSurpriseIsAsLargeAsTheValueWasFar() {
        Random random = new Random(4);
        float[] x = new float[3 * 3000];
        for (int t = 0; t < 3000; t++) {
            x[3 * t] = (float) (100 + 4 * random.nextGaussian());
            x[3 * t + 1] = t == 0 ? Float.NaN : 100;
            x[3 * t + 2] = 8;
        }
        x[3 * 2999] = 140;
        StepPlan.Builder plan = StepPlan.builder(3);
        Register value = column(plan, "value", 0);
        Register forecast = column(plan, "forecast", 1);
        Register deviation = column(plan, "deviation", 2);
        Register out = plan.register("out", 1);
        ForecastSurprise surprise =
                new ForecastSurprise(
                        value,
                        forecast,
                        deviation,
                        out,
                        plan.state().f32("scale", 1),
                        plan.state().i64("steps"),
                        3,
                        5e-4);
        plan.add(surprise);
        float[] found = run(plan, x, surprise::initialise, out);

        assertThat(found[0]).isZero();
        assertThat(found[2999]).isCloseTo(10, within(0.6f));
        double squares = 0;
        for (int t = 2000; t < 2999; t++) {
            squares += found[t] * found[t] / 999;
        }
        assertThat(squares).isCloseTo(1, within(0.15));
    }

    /** A register with one column of three. */
    private static Register column(StepPlan.Builder plan, String name, int column) {
        Register out = plan.register(name, 1);
        float[] weight = new float[3];
        weight[column] = 1;
        plan.add(new Linear(plan.input(), out, weight, null));
        return out;
    }

    @Test
    void anAlertIsTheFirstOfItsHeightAndASecondGreaterOneIsNotSwallowed() {
        float[] evidence = new float[600];
        evidence[200] = 6;
        evidence[210] = 5;
        evidence[220] = 7;
        evidence[400] = 5;
        evidence[410] = 2;
        StepPlan.Builder plan = StepPlan.builder(1);
        Register usual = plan.register("usual", 1);
        plan.add(size(plan, usual, RelativeSize.Kind.PRESENT));
        Register score = plan.register("score", 1);
        plan.add(
                new AnomalyScore(
                        plan.input(),
                        List.of(usual),
                        score,
                        plan.state().f32("peaks", 4),
                        plan.state().i64("steps"),
                        30,
                        3,
                        10,
                        100));
        float[] scores = run(plan, evidence, score);

        assertThat(scores[200]).isCloseTo(0.8f, within(1e-6f));
        assertThat(scores[210]).isBetween(0f, 0.5f);
        assertThat(scores[220]).isCloseTo(0.85f, within(1e-6f));
        assertThat(scores[400]).isCloseTo(0.75f, within(1e-6f));
        assertThat(scores[410]).isBetween(0f, 0.5f);
    }

    private static RelativeSize size(StepPlan.Builder plan, Register out, RelativeSize.Kind kind) {
        return new RelativeSize(
                plan.input(),
                out,
                plan.state().f32("sizes", 3, 1),
                plan.state().i64("size steps"),
                kind,
                50,
                1000,
                1.0 / 5000,
                20);
    }

    private static double mean(float[] values, int from, int to) {
        double sum = 0;
        for (int t = from; t < to; t++) {
            sum += values[t];
        }
        return sum / (to - from);
    }

    static float[] run(StepPlan.Builder builder, float[] tokens, Register out) {
        return run(builder, tokens, row -> {}, out);
    }

    private static float[] run(
            StepPlan.Builder builder,
            float[] tokens,
            Consumer<StateRows> initialise,
            Register out) {
        StepPlan plan = builder.build(OutputLayout.builder().add("out", out).build(), initialise);
        int count = tokens.length / plan.inputDim();
        TokenBatch batch = new TokenBatch(plan.inputDim(), count, 1);
        System.arraycopy(tokens, 0, batch.tokens(), 0, tokens.length);
        Arrays.fill(batch.dt(), 1);
        batch.offsets()[1] = count;
        batch.size(count, 1);
        OutputBatch outputs = new OutputBatch(plan.outputs(), count);
        try (StepKernel kernel = new ScalarBackend().prepare(plan, count, 1);
                StateTable table = kernel.newTable(1)) {
            table.initRows(new int[] {0}, 1);
            kernel.run(batch, table, outputs);
        }
        return outputs.values().clone();
    }
}
