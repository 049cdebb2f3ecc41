package io.oxbow.compute;

import io.oxbow.plan.Activation;
import io.oxbow.plan.ActivationFunction;
import io.oxbow.plan.CausalConv;
import io.oxbow.plan.Clamp;
import io.oxbow.plan.Embedding;
import io.oxbow.plan.Linear;
import io.oxbow.plan.OutputLayout;
import io.oxbow.plan.Register;
import io.oxbow.plan.SelectiveScan;
import io.oxbow.plan.SsdScan;
import io.oxbow.plan.StepPlan;
import io.oxbow.plan.TrapezoidScan;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** The operations of the Mambas, at odd sizes, their steps and gates computed from the input. */
final class SelectivePlans {

    private SelectivePlans() {}

    static List<PlanCase> cases() {
        List<PlanCase> cases = new ArrayList<>();
        for (int[] size : new int[][] {{1, 1}, {5, 3}, {33, 4}, {64, 2}}) {
            cases.add(
                    new PlanCase(
                            "convolution of %d channels, %d taps".formatted(size[0], size[1]),
                            convolution(size[0], size[1])));
        }
        for (int[] size : new int[][] {{1, 1}, {5, 3}, {33, 16}, {64, 2}}) {
            cases.add(
                    new PlanCase(
                            "selective scan of %d channels, %d modes".formatted(size[0], size[1]),
                            new Writer(size[0]).selective(size[0], size[1])));
        }
        for (int[] size : new int[][] {{1, 1, 1, 1}, {3, 5, 4, 1}, {4, 16, 8, 2}, {2, 33, 3, 2}}) {
            String sizes =
                    "%d heads of %d channels, %d modes, %d groups"
                            .formatted(size[0], size[1], size[2], size[3]);
            cases.add(
                    new PlanCase(
                            "SSD scan of " + sizes,
                            new Writer(6).ssd(size[0], size[1], size[2], size[3])));
            cases.add(
                    new PlanCase(
                            "trapezoid scan of " + sizes,
                            new Writer(6).trapezoid(size[0], size[1], 2 * size[2], size[3])));
        }
        cases.add(new PlanCase("embedding of 5 rows", embedding()));
        return cases;
    }

    private static StepPlan convolution(int channels, int taps) {
        Random random = new Random(channels);
        StepPlan.Builder plan = StepPlan.builder(channels);
        Register out = plan.register("out", channels);
        plan.add(
                new CausalConv(
                        plan.input(),
                        out,
                        plan.state().f32("history", taps, channels),
                        gaussian(random, taps * channels),
                        channels % 2 == 0 ? null : gaussian(random, channels)));
        return plan.build(OutputLayout.builder().add(OutputLayout.EMBEDDING, out).build());
    }

    /** Ids are made of the input, some of them beyond the table. */
    private static StepPlan embedding() {
        StepPlan.Builder plan = StepPlan.builder(1);
        Register low = plan.register("low", 1);
        Register out = plan.register("out", 3);
        plan.add(new Clamp(plan.input(), low, 0, 0));
        plan.add(new Embedding(low, out, gaussian(new Random(1), 15)));
        Register wrong = plan.register("wrong", 3);
        plan.add(new Embedding(plan.input(), wrong, gaussian(new Random(2), 15)));
        return plan.build(
                OutputLayout.builder()
                        .add(OutputLayout.EMBEDDING, out)
                        .add(OutputLayout.HEAD, wrong)
                        .build());
    }

    /** Writes projections of the input, then a scan over them. */
    private static final class Writer {
        private final Random random = new Random(11);
        private final StepPlan.Builder plan;

        Writer(int inputDim) {
            this.plan = StepPlan.builder(inputDim);
        }

        StepPlan selective(int channels, int modes) {
            Register out = plan.register("out", channels);
            plan.add(
                    new SelectiveScan(
                            plan.input(),
                            step(channels),
                            projected("B", modes),
                            projected("C", modes),
                            out,
                            plan.state().f32("state", modes, channels),
                            negative(modes * channels),
                            gaussian(random, channels)));
            return built(out);
        }

        StepPlan ssd(int heads, int headDim, int modes, int groups) {
            Register out = plan.register("out", heads * headDim);
            plan.add(
                    new SsdScan(
                            projected("x", heads * headDim),
                            step(heads),
                            projected("B", groups * modes),
                            projected("C", groups * modes),
                            out,
                            plan.state().f32("state", heads, modes, headDim),
                            negative(heads),
                            gaussian(random, heads * headDim),
                            groups));
            return built(out);
        }

        StepPlan trapezoid(int heads, int headDim, int modes, int groups) {
            int channels = heads * headDim;
            int angles = (modes + 2) / 4;
            Register out = plan.register("out", channels);
            Register mix = projected("mix", heads);
            plan.add(new Activation(mix, mix, ActivationFunction.SIGMOID));
            Register rotation = projected("rotation", angles);
            plan.add(new Activation(rotation, rotation, ActivationFunction.TANH));
            plan.add(
                    new TrapezoidScan(
                            projected("x", channels),
                            step(heads),
                            step(heads),
                            mix,
                            projected("B", groups * modes),
                            projected("C", groups * modes),
                            rotation,
                            out,
                            new TrapezoidScan.State(
                                    plan.state().f32("h", heads, modes, headDim),
                                    plan.state().f32("k", heads * modes),
                                    plan.state().f32("x", channels),
                                    plan.state().f32("angle", heads * angles),
                                    plan.state().f32("angle.low", heads * angles)),
                            gaussian(random, heads * modes),
                            gaussian(random, heads * modes),
                            gaussian(random, channels),
                            groups));
            return built(out);
        }

        private StepPlan built(Register out) {
            return plan.build(OutputLayout.builder().add(OutputLayout.EMBEDDING, out).build());
        }

        private Register projected(String name, int width) {
            Register register = plan.register(name, width);
            float[] weight = gaussian(random, width * plan.input().width());
            for (int i = 0; i < weight.length; i++) {
                weight[i] *= 0.2f;
            }
            plan.add(new Linear(plan.input(), register, weight, null));
            return register;
        }

        private Register step(int width) {
            Register dt = projected("dt", width);
            plan.add(new Activation(dt, dt, ActivationFunction.SIGMOID));
            return dt;
        }

        private float[] negative(int count) {
            float[] values = gaussian(random, count);
            for (int i = 0; i < count; i++) {
                values[i] = -0.5f - Math.abs(values[i]);
            }
            return values;
        }
    }

    private static float[] gaussian(Random random, int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }
}
