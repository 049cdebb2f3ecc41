package io.oxbow.flink.testing;

import io.oxbow.model.SsmModel;
import io.oxbow.model.TimeMode;
import io.oxbow.plan.DenseRecurrence;
import io.oxbow.plan.Linear;
import io.oxbow.plan.OutputLayout;
import io.oxbow.plan.Register;
import io.oxbow.plan.StepPlan;
import java.util.OptionalLong;
import java.util.Random;

/** Small models of two operations, enough to have a state that remembers. */
public final class TestModels {
    public static final int INPUT_DIM = 3;
    public static final long ENCODER = 0xabcdL;

    /** Finite, but too much for the test model: its outputs overflow. */
    public static final float OVERFLOWING = 3e38f;

    private static final int ORDER = 4;

    private TestModels() {}

    /** A model whose fingerprint and weights follow from {@code seed}. */
    public static SsmModel seeded(long seed) {
        Random random = new Random(seed);
        StepPlan.Builder plan = StepPlan.builder(INPUT_DIM);
        Register memories = plan.register("memories", INPUT_DIM * ORDER);
        var segment = plan.state().f32("memory", INPUT_DIM, ORDER);
        plan.state().i64("count", 1);
        plan.add(
                new DenseRecurrence(
                        plan.input(),
                        memories,
                        segment,
                        floats(random, ORDER * ORDER, 0.3f),
                        floats(random, ORDER, 4f)));
        OutputLayout.Builder outputs = OutputLayout.builder();
        for (String name :
                new String[] {
                    OutputLayout.SCORE,
                    OutputLayout.FORECAST,
                    OutputLayout.ATTRIBUTION,
                    OutputLayout.EMBEDDING
                }) {
            int width = name.equals(OutputLayout.SCORE) ? 1 : INPUT_DIM;
            Register register = plan.register(name, width);
            float[] weight = floats(random, width * memories.width(), 1f);
            plan.add(new Linear(memories, register, weight, null));
            outputs.add(name, register);
        }
        return new SsmModel(
                "test-" + seed,
                "test",
                plan.build(outputs.build(), rows -> rows.floats()[0] = 0.25f),
                TimeMode.PER_EVENT,
                seed,
                OptionalLong.of(ENCODER));
    }

    private static float[] floats(Random random, int count, float scale) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = scale * (random.nextFloat() - 0.5f);
        }
        return values;
    }
}
