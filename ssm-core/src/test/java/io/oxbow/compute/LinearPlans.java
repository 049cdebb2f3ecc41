package io.oxbow.compute;

import io.oxbow.plan.DenseRecurrence;
import io.oxbow.plan.Linear;
import io.oxbow.plan.OutputLayout;
import io.oxbow.plan.Register;
import io.oxbow.plan.StepPlan;
import io.oxbow.plan.WeightFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Projections, linear memories, and both in one plan. */
final class LinearPlans {
    private static final int[] SIZES = {1, 2, 3, 5, 8, 15, 17, 33, 64, 130};

    private LinearPlans() {}

    static List<PlanCase> cases() {
        List<PlanCase> cases = new ArrayList<>();
        for (int i = 0; i < SIZES.length; i++) {
            int in = SIZES[i];
            int out = SIZES[SIZES.length - 1 - i];
            StepPlan plan = linear(in, out, i % 2 == 0);
            for (WeightFormat format : WeightFormat.values()) {
                String name = "linear %d to %d, weights %s".formatted(in, out, format);
                cases.add(new PlanCase(name, plan.withWeights(format)));
            }
        }
        for (int[] size : new int[][] {{1, 1}, {1, 33}, {3, 8}, {17, 5}, {5, 17}, {64, 3}}) {
            cases.add(
                    new PlanCase(
                            "dense recurrence of " + size[0] + " channels, order " + size[1],
                            recurrence(size[0], size[1])));
        }
        cases.add(new PlanCase("linear, recurrence, linear", chain(7, 13, 4, 3)));
        return cases;
    }

    private static StepPlan linear(int in, int out, boolean biased) {
        Random random = new Random(31L * in + out);
        StepPlan.Builder plan = StepPlan.builder(in);
        Register result = plan.register("result", out);
        plan.add(
                new Linear(
                        plan.input(),
                        result,
                        gaussian(random, in * out, 1 / Math.sqrt(in)),
                        biased ? gaussian(random, out, 1) : null));
        return plan.build(OutputLayout.builder().add(OutputLayout.HEAD, result).build());
    }

    private static StepPlan recurrence(int channels, int order) {
        StepPlan.Builder plan = StepPlan.builder(channels);
        Register memory = remember(plan, plan.input(), order, new Random(31L * channels + order));
        return plan.build(
                OutputLayout.builder().add(OutputLayout.EMBEDDING, memory).build(),
                rows -> rows.floats()[0] = 0.5f);
    }

    private static StepPlan chain(int in, int hidden, int order, int out) {
        Random random = new Random(7);
        StepPlan.Builder plan = StepPlan.builder(in);
        Register mixed = plan.register("mixed", hidden);
        plan.add(
                new Linear(
                        plan.input(),
                        mixed,
                        gaussian(random, in * hidden, 1 / Math.sqrt(in)),
                        gaussian(random, hidden, 1)));
        Register memory = remember(plan, mixed, order, random);
        Register result = plan.register("result", out);
        double scale = 1 / Math.sqrt(memory.width());
        plan.add(new Linear(memory, result, gaussian(random, memory.width() * out, scale), null));
        return plan.build(
                OutputLayout.builder()
                        .add(OutputLayout.HEAD, result)
                        .add(OutputLayout.EMBEDDING, mixed)
                        .build());
    }

    /** A contraction, so that rounding differences do not grow with the length of a stream. */
    private static Register remember(StepPlan.Builder plan, Register in, int order, Random random) {
        Register memory = plan.register("memory", in.width() * order);
        plan.add(
                new DenseRecurrence(
                        in,
                        memory,
                        plan.state().f32("memory", in.width(), order),
                        gaussian(random, order * order, 0.4 / Math.sqrt(order)),
                        gaussian(random, order, 1)));
        return memory;
    }

    private static float[] gaussian(Random random, int count, double scale) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) (scale * random.nextGaussian());
        }
        return values;
    }
}
