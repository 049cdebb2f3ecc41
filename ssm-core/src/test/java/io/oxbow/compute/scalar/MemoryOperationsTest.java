package io.oxbow.compute.scalar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.oxbow.compute.OutputBatch;
import io.oxbow.compute.StateTable;
import io.oxbow.compute.StepKernel;
import io.oxbow.compute.TokenBatch;
import io.oxbow.model.StateRows;
import io.oxbow.plan.CalendarFeatures;
import io.oxbow.plan.CalendarFeatures.Cycle;
import io.oxbow.plan.Denormalizer;
import io.oxbow.plan.EvidencePool;
import io.oxbow.plan.ExtremesEvidence;
import io.oxbow.plan.OnlineReadout;
import io.oxbow.plan.OutputLayout;
import io.oxbow.plan.Register;
import io.oxbow.plan.RunningNormalizer;
import io.oxbow.plan.StepPlan;
import io.oxbow.plan.SurpriseCalibration;
import io.oxbow.plan.TailEvidence;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Each operation of the model memory against its formula. */
class MemoryOperationsTest {

    @Test
    void normalizerKeepsTheMomentsOfThePastAndDenormalizerUndoesIt() {
        Random random = new Random(1);
        float[] x = new float[400];
        for (int t = 0; t < x.length; t++) {
            x[t] = (float) (50 + 4 * random.nextGaussian());
        }
        StepPlan.Builder plan = StepPlan.builder(1);
        Register u = plan.register("u", 1);
        Register mean = plan.register("mean", 1);
        Register deviation = plan.register("deviation", 1);
        Register back = plan.register("back", 1);
        plan.add(
                new RunningNormalizer(
                        plan.input(),
                        u,
                        mean,
                        deviation,
                        plan.state().f32("moments", 2, 1),
                        plan.state().i64("steps"),
                        4,
                        1e-4));
        plan.add(new Denormalizer(u, mean, deviation, back, 4));
        float[] out = run(plan, x, row -> {}, mean, deviation, u, back);

        assertThat(out[0]).isNaN();
        assertThat(out[2]).isZero();
        double sum = 0;
        double squares = 0;
        for (int t = 0; t < x.length; t++) {
            if (t >= 20) {
                double average = sum / t;
                double spread = Math.sqrt(squares / t - average * average);
                assertThat((double) out[4 * t]).isCloseTo(average, within(1e-3));
                assertThat((double) out[4 * t + 1]).isCloseTo(spread, within(2e-3));
                assertThat(out[4 * t + 3]).isCloseTo(x[t], within(1e-2f));
            }
            sum += x[t];
            squares += (double) x[t] * x[t];
        }
    }

    @Test
    void calendarTurnsOnceAPeriodWithHigherHarmonics() {
        StepPlan.Builder plan = StepPlan.builder(1);
        Register out = plan.register("calendar", 6);
        plan.add(new CalendarFeatures(out, List.of(new Cycle(1000, 2), new Cycle(4000, 1))));
        float[] values = run(plan, new float[5000], row -> {}, out);

        for (int t : new int[] {0, 1, 250, 999, 1000, 3123, 4999}) {
            double fast = 2 * Math.PI * t / 1000;
            double slow = 2 * Math.PI * t / 4000;
            double[] expected = {
                Math.cos(fast),
                Math.sin(fast),
                Math.cos(2 * fast),
                Math.sin(2 * fast),
                Math.cos(slow),
                Math.sin(slow)
            };
            for (int i = 0; i < 6; i++) {
                assertThat((double) values[6 * t + i]).isCloseTo(expected[i], within(1e-6));
            }
        }
    }

    @Test
    void readoutLearnsAnAutoregression() {
        Random random = new Random(2);
        float[] x = new float[6000];
        for (int t = 1; t < x.length; t++) {
            x[t] = (float) (0.8 * x[t - 1] + 0.1 * random.nextGaussian());
        }
        StepPlan.Builder plan = StepPlan.builder(1);
        OnlineReadout readout = readout(plan);
        plan.add(readout);
        float[] out = run(plan, x, readout::initialise, readout.prediction(), readout.surprise());

        for (int t = 3000; t < x.length; t++) {
            assertThat(out[2 * t]).isCloseTo(0.8f * x[t - 1], within(0.05f));
        }
        assertThat(deviation(out, 2, 1, 3000)).isCloseTo(1, within(0.1));
    }

    @Test
    void readoutIsNotThrownByOneOutlier() {
        Random random = new Random(3);
        float[] x = new float[3000];
        for (int t = 1; t < x.length; t++) {
            x[t] = (float) (0.8 * x[t - 1] + 0.1 * random.nextGaussian());
        }
        float[] dirty = x.clone();
        dirty[2000] = 3;
        float before = predictionAt(x, 2002);
        float after = predictionAt(dirty, 2002);

        assertThat(after).isCloseTo(before, within(0.05f));
    }

    private static float predictionAt(float[] x, int t) {
        StepPlan.Builder plan = StepPlan.builder(1);
        OnlineReadout readout = readout(plan);
        plan.add(readout);
        return run(plan, x, readout::initialise, readout.prediction())[t];
    }

    /** Of the next value from the present one. */
    private static OnlineReadout readout(StepPlan.Builder plan) {
        return new OnlineReadout(
                plan.input(),
                plan.input(),
                plan.register("prediction", 1),
                plan.register("error", 1),
                plan.register("surprise", 1),
                plan.state().f32("weights", 1),
                plan.state().f32("covariance", 1),
                plan.state().f32("last", 1),
                plan.state().f32("scale", 1),
                plan.state().i64("steps"),
                0.999,
                0.01,
                3,
                4);
    }

    @Test
    void extremesSpeakOnlyBeyondThePastAndMoveByOneRangeAtMost() {
        float[] x = new float[1004];
        for (int t = 0; t < 1000; t++) {
            x[t] = t % 2 == 0 ? 10 : 20;
        }
        x[1000] = 1e30f;
        x[1001] = 29;
        x[1002] = 31;
        x[1003] = 10;
        StepPlan.Builder plan = StepPlan.builder(1);
        Register out = plan.register("evidence", 1);
        plan.add(
                new ExtremesEvidence(
                        plan.input(),
                        out,
                        plan.state().f32("extremes", 2, 1),
                        plan.state().i64("steps"),
                        50,
                        4));
        float[] evidence = run(plan, x, row -> {}, out);

        for (int t = 0; t < 1000; t++) {
            assertThat(evidence[t]).isZero();
        }
        assertThat((double) evidence[1000]).isCloseTo(Math.log10(1001 / 2.0), within(1e-5));
        assertThat(evidence[1001]).isZero();
        assertThat((double) evidence[1002]).isCloseTo(2 * Math.log(1 + 50 / 20.0), within(1e-5));
        assertThat(evidence[1003]).isZero();
    }

    @Test
    void tailFindsTheIndexOfAParetoDistribution() {
        Random random = new Random(4);
        float[] x = new float[40_000];
        for (int t = 0; t < x.length; t++) {
            x[t] = (float) Math.pow(1 - random.nextDouble(), -0.5);
        }
        x[x.length - 1] = 1000;
        StepPlan.Builder plan = StepPlan.builder(1);
        Register out = plan.register("evidence", 1);
        TailEvidence tail =
                new TailEvidence(
                        plan.input(),
                        out,
                        plan.state().f32("tail", 2, 1),
                        plan.state().i64("steps"),
                        0.05,
                        1e-4,
                        50,
                        100);
        plan.add(tail);
        float[] evidence = run(plan, x, tail::initialise, out);

        assertThat((double) evidence[x.length - 1]).isCloseTo(6, within(0.5));
    }

    @Test
    void poolIsTheHarmonicMeanOfTheProbabilities() {
        StepPlan.Builder plan = StepPlan.builder(4);
        Register out = plan.register("pooled", 1);
        plan.add(new EvidencePool(List.of(plan.input()), new float[] {1}, out));
        float[] pooled = run(plan, new float[] {1, 1, 1, 1, 6, 0, 0, 0}, row -> {}, out);

        assertThat((double) pooled[0]).isCloseTo(1, within(1e-6));
        assertThat((double) pooled[1]).isCloseTo(Math.log10(1_000_003 / 4.0), within(1e-6));
    }

    @Test
    void calibrationMakesAnyDistributionUniform() {
        Random random = new Random(5);
        float[] x = new float[30_000];
        for (int t = 0; t < x.length; t++) {
            double g = random.nextGaussian();
            x[t] = (float) (7 + g * g);
        }
        StepPlan.Builder plan = StepPlan.builder(1);
        SurpriseCalibration calibration =
                new SurpriseCalibration(
                        plan.input(),
                        plan.register("digits", 1),
                        plan.register("p", 1),
                        plan.state().f32("quantiles", SurpriseCalibration.FLOATS),
                        plan.state().i64("steps"),
                        1e-4,
                        0,
                        100);
        plan.add(calibration);
        float[] p = run(plan, x, calibration::initialise, calibration.pValue());

        for (double level : new double[] {0.5, 0.3, 0.1, 0.03, 0.01, 0.003}) {
            int hits = 0;
            for (int t = 5000; t < p.length; t++) {
                hits += p[t] <= level ? 1 : 0;
            }
            assertThat(hits / (p.length - 5000.0))
                    .as("p up to " + level)
                    .isBetween(0.75 * level, 1.25 * level);
        }
    }

    private static double deviation(float[] values, int stride, int at, int from) {
        double squares = 0;
        int count = values.length / stride - from;
        for (int t = from; t < from + count; t++) {
            squares += values[t * stride + at] * values[t * stride + at];
        }
        return Math.sqrt(squares / count);
    }

    /** Outputs side by side of one stream at a token a millisecond. */
    private static float[] run(
            StepPlan.Builder builder,
            float[] tokens,
            Consumer<StateRows> initialise,
            Register... registers) {
        OutputLayout.Builder layout = OutputLayout.builder();
        for (Register register : registers) {
            layout.add(register.name(), register);
        }
        StepPlan plan = builder.build(layout.build(), initialise);
        int count = tokens.length / plan.inputDim();
        TokenBatch batch = new TokenBatch(plan.inputDim(), count, 1);
        System.arraycopy(tokens, 0, batch.tokens(), 0, tokens.length);
        for (int t = 0; t < count; t++) {
            batch.eventTimes()[t] = t;
        }
        batch.offsets()[1] = count;
        batch.size(count, 1);
        OutputBatch outputs = new OutputBatch(plan.outputs(), count);
        try (StepKernel kernel = new ScalarBackend().prepare(plan, count, 1);
                StateTable table = kernel.newTable(1)) {
            table.initRows(new int[] {0}, 1);
            kernel.run(batch, table, outputs);
        }
        return outputs.values();
    }
}
