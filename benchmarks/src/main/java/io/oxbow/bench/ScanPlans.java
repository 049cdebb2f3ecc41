package io.oxbow.bench;

import io.oxbow.arch.Architectures;
import io.oxbow.bench.BenchmarkPlans.Spirals;
import io.oxbow.json.Json;
import io.oxbow.model.TimeMode;
import io.oxbow.plan.CausalConv;
import io.oxbow.plan.Discretisation;
import io.oxbow.plan.DplrScan;
import io.oxbow.plan.Linear;
import io.oxbow.plan.ModalScan;
import io.oxbow.plan.OutputLayout;
import io.oxbow.plan.Register;
import io.oxbow.plan.SelectiveScan;
import io.oxbow.plan.SsdScan;
import io.oxbow.plan.StepPlan;
import io.oxbow.plan.Stepping;
import io.oxbow.plan.TrapezoidScan;
import io.oxbow.safetensors.Tensors;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;

/**
 * Single operations with state. They read the token, or where they read several things a number of
 * the token times a vector, at a few hundredths of their own cost; what they write is not copied
 * out.
 */
final class ScanPlans {
    private static final float STEP = 0.05f;

    private final Random random = new Random(4);
    private final StepPlan.Builder plan;

    private ScanPlans(int inputDim) {
        this.plan = StepPlan.builder(inputDim);
    }

    /** The step of Mamba; its input doubles as its step. */
    static StepPlan selective(int channels, int modes) {
        ScanPlans writer = new ScanPlans(1);
        Register x = writer.input("x", channels, STEP, 0.1 * STEP);
        Register out = writer.plan.register("y", channels);
        float[] a = new float[modes * channels];
        for (int i = 0; i < a.length; i++) {
            a[i] = -(1 + i / channels);
        }
        writer.plan.add(
                new SelectiveScan(
                        x,
                        x,
                        writer.input("B", modes, 0, 1),
                        writer.input("C", modes, 0, 1),
                        out,
                        writer.plan.state().f32("state", modes, channels),
                        a,
                        writer.gaussian(channels)));
        return writer.built();
    }

    /** The step of Mamba-2. */
    static StepPlan ssd(int heads, int headDim, int modes) {
        ScanPlans writer = new ScanPlans(1);
        int channels = heads * headDim;
        Register x = writer.input("x", channels, 0, 1);
        Register dt = writer.input("dt", heads, STEP, 0.1 * STEP);
        Register out = writer.plan.register("y", channels);
        float[] a = new float[heads];
        for (int i = 0; i < heads; i++) {
            a[i] = -(1 + i % 16);
        }
        writer.plan.add(
                new SsdScan(
                        x,
                        dt,
                        writer.input("B", modes, 0, 1),
                        writer.input("C", modes, 0, 1),
                        out,
                        writer.plan.state().f32("state", heads, modes, headDim),
                        a,
                        writer.gaussian(channels),
                        1));
        return writer.built();
    }

    /** The step of Mamba-3, half of whose modes turn. */
    static StepPlan trapezoid(int heads, int headDim, int modes) {
        ScanPlans writer = new ScanPlans(1);
        int channels = heads * headDim;
        int angles = modes / 4;
        Register x = writer.input("x", channels, 0, 1);
        Register out = writer.plan.register("y", channels);
        writer.plan.add(
                new TrapezoidScan(
                        x,
                        writer.input("dt", heads, STEP, 0.1 * STEP),
                        writer.input("decay", heads, 4, 1),
                        writer.input("mix", heads, 0.5f, 0.1),
                        writer.input("B", modes, 0, 1),
                        writer.input("C", modes, 0, 1),
                        writer.input("rotation", angles, 0.3f, 0.1),
                        out,
                        new TrapezoidScan.State(
                                writer.plan.state().f32("h", heads, modes, headDim),
                                writer.plan.state().f32("k", heads * modes),
                                writer.plan.state().f32("x before", channels),
                                writer.plan.state().f32("angle", heads * angles),
                                writer.plan.state().f32("angle low", heads * angles)),
                        writer.gaussian(heads * modes),
                        writer.gaussian(heads * modes),
                        writer.gaussian(channels),
                        1));
        return writer.built();
    }

    /** The modes of an S4, coupled through one number a channel. */
    static StepPlan coupled(int channels, int modes) {
        ScanPlans writer = new ScanPlans(channels);
        Register out = writer.plan.register("y", channels);
        int size = channels * modes;
        writer.plan.add(
                new DplrScan(
                        writer.plan.input(),
                        out,
                        writer.plan.state().f32("state", modes, 2, channels),
                        new Stepping(new Coupled(size), TimeMode.PER_EVENT, 1),
                        1,
                        writer.gaussian(2 * size),
                        null));
        return writer.built();
    }

    /** {@link Spirals}, weakly coupled. */
    private record Coupled(int count) implements Discretisation {
        @Override
        public int size() {
            return 8 * count;
        }

        @Override
        public void fill(double ratio, double[] table) {
            new Spirals(count).fill(ratio, table);
            Arrays.fill(table, 4 * count, 8 * count, 0.01);
        }
    }

    /** The convolution before a Mamba's scan. */
    static StepPlan convolution(int channels, int taps) {
        ScanPlans writer = new ScanPlans(channels);
        Register x = writer.plan.input();
        Register out = writer.plan.register("y", channels);
        writer.plan.add(
                new CausalConv(
                        x,
                        out,
                        writer.plan.state().f32("history", taps, channels),
                        writer.gaussian(taps * channels),
                        writer.gaussian(channels)));
        return writer.built();
    }

    /** The modes of an S5 or an LRU between their projections. */
    static StepPlan modal(int modes) {
        ScanPlans writer = new ScanPlans(2 * modes);
        Register drive = writer.plan.input();
        Register out = writer.plan.register("x", 2 * modes);
        writer.plan.add(
                new ModalScan(
                        drive,
                        out,
                        writer.plan.state().f32("state", 2, modes),
                        new Stepping(new Spirals(modes), TimeMode.PER_EVENT, 1)));
        return writer.built();
    }

    /** A sliding window's HiPPO memory a channel, LegT. */
    static StepPlan window(int channels, int order) {
        return Architectures.build(
                        "legt",
                        (Json.Obj)
                                Json.parse(
                                        "{\"model_type\": \"hippo\", \"measure\": \"legt\","
                                                + " \"dt\": 0.001, \"input_dim\": "
                                                + channels
                                                + ", \"N\": "
                                                + order
                                                + "}"),
                        Tensors.none(),
                        Map.of())
                .plan();
    }

    /** A register of {@code base + scale * noise * token}. */
    private Register input(String name, int width, float base, double scale) {
        Register register = plan.register(name, width);
        float[] offset = new float[width];
        Arrays.fill(offset, base);
        float[] weight = new float[width];
        for (int i = 0; i < width; i++) {
            weight[i] = (float) (scale * (2 * random.nextDouble() - 1));
        }
        plan.add(new Linear(plan.input(), register, weight, offset));
        return register;
    }

    private float[] gaussian(int count) {
        return BenchmarkPlans.gaussian(random, count, 1);
    }

    private StepPlan built() {
        Register unread = plan.register("unread", 1);
        return plan.build(OutputLayout.builder().add(OutputLayout.HEAD, unread).build());
    }
}
