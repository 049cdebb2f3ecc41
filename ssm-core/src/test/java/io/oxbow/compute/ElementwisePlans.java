package io.oxbow.compute;

import io.oxbow.plan.Activation;
import io.oxbow.plan.ActivationFunction;
import io.oxbow.plan.Add;
import io.oxbow.plan.Clamp;
import io.oxbow.plan.Gate;
import io.oxbow.plan.LayerNorm;
import io.oxbow.plan.Maximum;
import io.oxbow.plan.OutputLayout;
import io.oxbow.plan.Register;
import io.oxbow.plan.RmsNorm;
import io.oxbow.plan.RunningMean;
import io.oxbow.plan.Softmax;
import io.oxbow.plan.StepOp;
import io.oxbow.plan.StepPlan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.BiFunction;

/** Operations on the elements of a token, or on a token as a whole. */
final class ElementwisePlans {
    private static final int[] WIDTHS = {1, 3, 16, 37};

    private ElementwisePlans() {}

    static List<PlanCase> cases() {
        List<PlanCase> cases = new ArrayList<>();
        for (ActivationFunction function : ActivationFunction.values()) {
            String name = function.name().toLowerCase(Locale.ROOT);
            cases.add(one(name, 7, (in, out) -> new Activation(in, out, function)));
        }
        for (int width : WIDTHS) {
            Random random = new Random(width);
            float[] weight = gaussian(random, width);
            float[] bias = gaussian(random, width);
            cases.add(one("add", width, (in, out) -> new Add(in, in, out, null)));
            cases.add(one("scaled add", width, (in, out) -> new Add(in, in, out, weight)));
            cases.add(
                    one(
                            "gate",
                            width,
                            (in, out) -> new Gate(in, in, out, ActivationFunction.SILU)));
            cases.add(one("clamp", width, (in, out) -> new Clamp(in, out, -0.5f, 2)));
            cases.add(
                    one(
                            "layer norm",
                            width,
                            (in, out) -> new LayerNorm(in, out, weight, bias, 1e-3f)));
            cases.add(one("RMS norm", width, (in, out) -> new RmsNorm(in, out, weight, 1, 1e-5f)));
            cases.add(one("softmax", width, Softmax::new));
            cases.add(new PlanCase("running mean of " + width, runningMean(width)));
            cases.add(new PlanCase("maximum of " + width, size(width)));
        }
        float[] weight = gaussian(new Random(5), 24);
        cases.add(
                one(
                        "RMS norm in 3 groups",
                        24,
                        (in, out) -> new RmsNorm(in, out, weight, 3, 1e-5f)));
        return cases;
    }

    private static PlanCase one(
            String name, int width, BiFunction<Register, Register, StepOp> operation) {
        StepPlan.Builder plan = StepPlan.builder(width);
        Register out = plan.register("out", width);
        plan.add(operation.apply(plan.input(), out));
        return new PlanCase(
                name + " of " + width,
                plan.build(OutputLayout.builder().add(OutputLayout.EMBEDDING, out).build()));
    }

    /** The greater of each element and its opposite. */
    private static StepPlan size(int width) {
        float[] minusTwo = new float[width];
        Arrays.fill(minusTwo, -2);
        StepPlan.Builder plan = StepPlan.builder(width);
        Register opposite = plan.register("opposite", width);
        Register out = plan.register("out", width);
        plan.add(new Add(plan.input(), plan.input(), opposite, minusTwo));
        plan.add(new Maximum(plan.input(), opposite, out));
        return plan.build(OutputLayout.builder().add(OutputLayout.EMBEDDING, out).build());
    }

    private static StepPlan runningMean(int width) {
        StepPlan.Builder plan = StepPlan.builder(width);
        Register out = plan.register("out", width);
        plan.add(
                new RunningMean(
                        plan.input(),
                        out,
                        plan.state().f32("mean", width),
                        plan.state().f32("mean.low", width),
                        plan.state().i64("steps")));
        return plan.build(OutputLayout.builder().add(OutputLayout.EMBEDDING, out).build());
    }

    private static float[] gaussian(Random random, int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }
}
