package io.oxbow.compute.scalar;

import static org.assertj.core.api.Assertions.assertThat;

import io.oxbow.arch.Complex;
import io.oxbow.arch.DiagonalRule;
import io.oxbow.arch.DiagonalSystem;
import io.oxbow.arch.ModelRun;
import io.oxbow.model.TimeMode;
import io.oxbow.plan.DiagonalScan;
import io.oxbow.plan.LegsRecurrence;
import io.oxbow.plan.Linear;
import io.oxbow.plan.OutputLayout;
import io.oxbow.plan.Register;
import io.oxbow.plan.RunningMean;
import io.oxbow.plan.SelectiveScan;
import io.oxbow.plan.SsdScan;
import io.oxbow.plan.StepPlan;
import io.oxbow.plan.Stepping;
import io.oxbow.plan.TrapezoidScan;
import java.util.Random;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;

/**
 * States in 32 bits against the same recurrences in 64, over a million steps. Where the recurrence
 * forgets slowly, a thousandth a step, is where rounding would add up.
 */
class ScanDriftTest {
    private static final int STEPS = Integer.getInteger("oxbow.drift.steps", 1_000_000);
    private static final int PER_BATCH = 1000;
    private static final double TOLERANCE = 1e-5;

    private final float[] input = new float[PER_BATCH];
    private final Random random = new Random(77);

    /** Runs the plan, and {@code reference} for each index of {@link #input}. */
    private float[] run(StepPlan plan, IntConsumer reference) {
        try (ModelRun run = new ModelRun(plan, PER_BATCH)) {
            for (int done = 0; done < STEPS; done += PER_BATCH) {
                for (int t = 0; t < PER_BATCH; t++) {
                    input[t] = (float) (1 + random.nextGaussian());
                }
                run.feed(input);
                for (int t = 0; t < PER_BATCH; t++) {
                    reference.accept(t);
                }
            }
            return run.state().floats();
        }
    }

    private static void assertNear(float[] state, int from, double... expected) {
        double largest = 0;
        for (double value : expected) {
            largest = Math.max(largest, Math.abs(value));
        }
        for (int i = 0; i < expected.length; i++) {
            assertThat(Math.abs(state[from + i] - expected[i]) / largest)
                    .as("element %d, expected %s, was %s", i, expected[i], state[from + i])
                    .isLessThan(TOLERANCE);
        }
    }

    private static StepPlan built(StepPlan.Builder plan, Register out) {
        return plan.build(OutputLayout.builder().add(OutputLayout.EMBEDDING, out).build());
    }

    @Test
    void diagonalScan() {
        Complex pole = new Complex(-0.5, 3);
        double dt = 0.001;
        StepPlan.Builder plan = StepPlan.builder(1);
        Register out = plan.register("out", 1);
        Complex[] one = {Complex.ONE};
        plan.add(
                new DiagonalScan(
                        plan.input(),
                        out,
                        plan.state().f32("x", 1, 2, 1),
                        new Stepping(
                                new DiagonalSystem(
                                        DiagonalRule.ZOH,
                                        new Complex[] {pole},
                                        one,
                                        new double[] {dt}),
                                TimeMode.PER_EVENT,
                                1),
                        new float[] {2, 0},
                        null));
        Complex decay = DiagonalRule.ZOH.decay(pole, dt);
        Complex gain = DiagonalRule.ZOH.gain(pole, dt);
        double[] x = new double[2];

        float[] state =
                run(
                        built(plan, out),
                        t -> {
                            double re =
                                    decay.re() * x[0] - decay.im() * x[1] + gain.re() * input[t];
                            x[1] = decay.re() * x[1] + decay.im() * x[0] + gain.im() * input[t];
                            x[0] = re;
                        });

        assertNear(state, 0, x);
    }

    @Test
    void legs() {
        int order = 4;
        StepPlan.Builder plan = StepPlan.builder(1);
        Register out = plan.register("out", order);
        plan.add(
                new LegsRecurrence(
                        plan.input(),
                        out,
                        plan.state().f32("memory", 1, order),
                        plan.state().f32("memory.low", 1, order),
                        plan.state().i64("steps"),
                        LegsRecurrence.Rule.BILINEAR));
        double[] m = new double[order];
        long[] steps = {0};

        float[] state =
                run(
                        built(plan, out),
                        t -> {
                            if (steps[0] == 0) {
                                m[0] = input[t];
                            } else {
                                legsStep(m, 1.0 / steps[0], input[t]);
                            }
                            steps[0]++;
                        });

        assertNear(state, 0, m);
    }

    private static void legsStep(double[] m, double h, double u) {
        double before = 0;
        double after = 0;
        for (int n = 0; n < m.length; n++) {
            double root = Math.sqrt(2 * n + 1);
            double right = m[n] + h * (root * (u - before / 2) - (n + 1) * m[n] / 2);
            before += root * m[n];
            m[n] = (right - h * root * after / 2) / (1 + h * (n + 1) / 2);
            after += root * m[n];
        }
    }

    @Test
    void runningMean() {
        StepPlan.Builder plan = StepPlan.builder(1);
        Register out = plan.register("out", 1);
        plan.add(
                new RunningMean(
                        plan.input(),
                        out,
                        plan.state().f32("mean", 1),
                        plan.state().f32("mean.low", 1),
                        plan.state().i64("steps")));
        double[] sum = {0};

        float[] state = run(built(plan, out), t -> sum[0] += input[t]);

        assertNear(state, 0, sum[0] / STEPS);
    }

    @Test
    void selectiveScan() {
        StepPlan.Builder plan = StepPlan.builder(1);
        Register out = plan.register("out", 1);
        Register step = constant(plan, "dt", 0.01f);
        plan.add(
                new SelectiveScan(
                        plan.input(),
                        step,
                        plan.input(),
                        plan.input(),
                        out,
                        plan.state().f32("h", 1, 1),
                        new float[] {-0.1f},
                        new float[] {1}));
        double[] h = {0};
        double decay = Math.exp(0.01f * -0.1f);

        float[] state =
                run(
                        built(plan, out),
                        t -> h[0] = decay * h[0] + 0.01f * (double) input[t] * input[t]);

        assertNear(state, 0, h);
    }

    @Test
    void ssdScan() {
        StepPlan.Builder plan = StepPlan.builder(1);
        Register out = plan.register("out", 1);
        plan.add(
                new SsdScan(
                        plan.input(),
                        constant(plan, "dt", 0.01f),
                        plan.input(),
                        plan.input(),
                        out,
                        plan.state().f32("h", 1, 1),
                        new float[] {-0.1f},
                        new float[] {1},
                        1));
        double[] h = {0};
        double decay = Math.exp(0.01f * -0.1f);

        float[] state =
                run(
                        built(plan, out),
                        t -> h[0] = decay * h[0] + 0.01f * (double) input[t] * input[t]);

        assertNear(state, 0, h);
    }

    /** The angle goes round the circle thousands of times; it must not lose its fraction. */
    @Test
    void trapezoidScan() {
        StepPlan.Builder plan = StepPlan.builder(1);
        Register out = plan.register("out", 1);
        Register pair = plan.register("pair", 2);
        plan.add(new Linear(plan.input(), pair, new float[] {0, 0}, new float[] {1, 0}));
        plan.add(
                new TrapezoidScan(
                        plan.input(),
                        constant(plan, "dt", 0.01f),
                        constant(plan, "decay", 0.1f),
                        constant(plan, "mix", 0.5f),
                        pair,
                        pair,
                        constant(plan, "rotation", 0.7f),
                        out,
                        new TrapezoidScan.State(
                                plan.state().f32("h", 2, 1),
                                plan.state().f32("k", 2),
                                plan.state().f32("x", 1),
                                plan.state().f32("angle", 1),
                                plan.state().f32("angle.low", 1)),
                        new float[2],
                        new float[2],
                        new float[] {0},
                        1));
        double dt = 0.01f;
        double turn = Math.PI * dt * 0.7f;
        double decay = Math.exp(-dt * 0.1f);
        double[] h = new double[2];
        double[] before = new double[2];
        long[] steps = {0};

        float[] state =
                run(
                        built(plan, out),
                        t -> {
                            double angle = Math.IEEEremainder(++steps[0] * turn, 2 * Math.PI);
                            double[] now = {Math.cos(angle) * input[t], Math.sin(angle) * input[t]};
                            for (int n = 0; n < 2; n++) {
                                h[n] = decay * h[n] + dt / 2 * (decay * before[n] + now[n]);
                                before[n] = now[n];
                            }
                        });

        double angle = Math.IEEEremainder((double) STEPS * turn, 2 * Math.PI);
        assertThat(Math.abs(Math.IEEEremainder(state[5] - angle, 2 * Math.PI)))
                .isLessThan(TOLERANCE);
        double size = Math.hypot(h[0], h[1]);
        assertThat(Math.hypot(state[0] - h[0], state[1] - h[1]) / size).isLessThan(TOLERANCE);
    }

    /** A register that holds the same number for every token. */
    private static Register constant(StepPlan.Builder plan, String name, float value) {
        Register register = plan.register(name, 1);
        plan.add(new Linear(plan.input(), register, new float[] {0}, new float[] {value}));
        return register;
    }
}
