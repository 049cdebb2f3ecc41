package io.oxbow.bench;

import io.oxbow.arch.memory.MemoryConfig;
import io.oxbow.arch.memory.MemoryModel;
import io.oxbow.model.TimeMode;
import io.oxbow.plan.Add;
import io.oxbow.plan.DenseRecurrence;
import io.oxbow.plan.DiagonalScan;
import io.oxbow.plan.Discretisation;
import io.oxbow.plan.LegsRecurrence;
import io.oxbow.plan.Linear;
import io.oxbow.plan.OutputLayout;
import io.oxbow.plan.Register;
import io.oxbow.plan.StepPlan;
import io.oxbow.plan.Stepping;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;

/** The plans that are measured, by name; seeded weights, sizes of models in use. */
public final class BenchmarkPlans {
    private static final Map<String, Supplier<StepPlan>> ALL = new LinkedHashMap<>();

    static {
        ALL.put("mamba1", () -> ScanPlans.selective(1536, 16));
        ALL.put("mamba2", () -> ScanPlans.ssd(24, 64, 128));
        ALL.put("mamba3", () -> ScanPlans.trapezoid(24, 64, 128));
        ALL.put("conv", () -> ScanPlans.convolution(1536, 4));
        ALL.put("s4d", () -> diagonalScan(256, 32));
        ALL.put("s4", () -> ScanPlans.coupled(256, 32));
        ALL.put("s5", () -> ScanPlans.modal(2048));
        ALL.put("lru", () -> ScanPlans.modal(1024));
        ALL.put("legt", () -> ScanPlans.window(16, 64));
        ALL.put("hippo", () -> denseRecurrence(16, 64));
        ALL.put("legs", () -> legs(16, 64));
        ALL.put("linear", () -> linear(768, 3072));
        ALL.put("add", () -> additions(4096, 16));
        ALL.put("memory-64", () -> memory(64));
        ALL.put("memory-16", () -> memory(16));
        ALL.put("memory-1", () -> memory(1));
    }

    private BenchmarkPlans() {}

    /** In the order in which they are measured. */
    public static Map<String, Supplier<StepPlan>> all() {
        return ALL;
    }

    /**
     * What one token makes the plan touch: the floats of the stream's state, or where there is no
     * state the weights and the sums that are read and written.
     */
    public static long elementsPerToken(StepPlan plan) {
        if (plan.layout().floats() > 0) {
            return plan.layout().floats();
        }
        return plan.ops().stream()
                .mapToLong(
                        op ->
                                op instanceof Linear linear
                                        ? linear.weight().length
                                        : op instanceof Add add ? add.out().width() : 0)
                .sum();
    }

    /** The built-in model with its defaults for that many channels. */
    static StepPlan memory(int channels) {
        return MemoryModel.build(MemoryConfig.forChannels(channels)).plan();
    }

    /** One projection without state. */
    static StepPlan linear(int in, int out) {
        Random random = new Random(1);
        StepPlan.Builder plan = StepPlan.builder(in);
        Register result = plan.register("result", out);
        plan.add(
                new Linear(
                        plan.input(),
                        result,
                        gaussian(random, in * out, 1 / Math.sqrt(in)),
                        gaussian(random, out, 1)));
        return plan.build(OutputLayout.builder().add(OutputLayout.HEAD, result).build());
    }

    /**
     * Sums from one buffer to another and back: what a backend's own memory gives and takes,
     * without any way to the host. On a device the bound of every update of a state.
     */
    static StepPlan additions(int width, int times) {
        Random random = new Random(6);
        StepPlan.Builder plan = StepPlan.builder(1);
        Register from = plan.register("from", width);
        Register to = plan.register("to", width);
        plan.add(new Linear(plan.input(), from, gaussian(random, width, 1), null));
        for (int i = 0; i < times; i++) {
            plan.add(i % 2 == 0 ? new Add(from, from, to, null) : new Add(to, to, from, null));
        }
        return plan.build(OutputLayout.builder().add(OutputLayout.HEAD, plan.input()).build());
    }

    /** A fixed-window HiPPO memory a channel. */
    static StepPlan denseRecurrence(int channels, int order) {
        Random random = new Random(2);
        StepPlan.Builder plan = StepPlan.builder(channels);
        Register memory = plan.register("memory", channels * order);
        plan.add(
                new DenseRecurrence(
                        plan.input(),
                        memory,
                        plan.state().f32("memory", channels, order),
                        gaussian(random, order * order, 0.4 / Math.sqrt(order)),
                        gaussian(random, order, 1)));
        return plan.build(OutputLayout.builder().add(OutputLayout.EMBEDDING, memory).build());
    }

    /** An all-time HiPPO memory a channel. */
    static StepPlan legs(int channels, int order) {
        StepPlan.Builder plan = StepPlan.builder(channels);
        Register memory = plan.register("memory", channels * order);
        plan.add(
                new LegsRecurrence(
                        plan.input(),
                        memory,
                        plan.state().f32("memory", channels, order),
                        plan.state().f32("memory-low", channels, order),
                        plan.state().i64("steps"),
                        LegsRecurrence.Rule.BILINEAR));
        return plan.build(OutputLayout.builder().add(OutputLayout.EMBEDDING, memory).build());
    }

    /** A bank of complex modes a channel, one input and one output value around it. */
    public static StepPlan diagonalScan(int channels, int modes) {
        Random random = new Random(3);
        StepPlan.Builder plan = StepPlan.builder(1);
        Register drive = plan.register("drive", channels);
        Register mixed = plan.register("mixed", channels);
        Register result = plan.register("result", 1);
        plan.add(new Linear(plan.input(), drive, gaussian(random, channels, 1), null));
        plan.add(
                new DiagonalScan(
                        drive,
                        mixed,
                        plan.state().f32("modes", modes, 2, channels),
                        new Stepping(new Spirals(modes * channels), TimeMode.PER_EVENT, 1),
                        gaussian(random, 2 * modes * channels, 1 / Math.sqrt(modes)),
                        null));
        double scale = 1 / Math.sqrt(channels);
        plan.add(new Linear(mixed, result, gaussian(random, channels, scale), null));
        return plan.build(OutputLayout.builder().add(OutputLayout.HEAD, result).build());
    }

    /** A bank of complex modes for each input channel, one output value of them all. */
    public static StepPlan channelScan(int channels, int modes) {
        Random random = new Random(4);
        StepPlan.Builder plan = StepPlan.builder(channels);
        Register mixed = plan.register("mixed", channels);
        Register result = plan.register("result", 1);
        plan.add(
                new DiagonalScan(
                        plan.input(),
                        mixed,
                        plan.state().f32("modes", modes, 2, channels),
                        new Stepping(new Spirals(modes * channels), TimeMode.PER_EVENT, 1),
                        gaussian(random, 2 * modes * channels, 1 / Math.sqrt(modes)),
                        null));
        double scale = 1 / Math.sqrt(channels);
        plan.add(new Linear(mixed, result, gaussian(random, channels, scale), null));
        return plan.build(OutputLayout.builder().add(OutputLayout.HEAD, result).build());
    }

    /** Modes that decay and turn, each at its own rate, whatever the elapsed time. */
    record Spirals(int count) implements Discretisation {
        @Override
        public int size() {
            return 4 * count;
        }

        @Override
        public void fill(double ratio, double[] table) {
            for (int i = 0; i < count; i++) {
                double turn = Math.PI * i / count;
                table[i] = 0.98 * Math.cos(turn);
                table[count + i] = 0.98 * Math.sin(turn);
                table[2 * count + i] = 0.1;
                table[3 * count + i] = 0;
            }
        }
    }

    static float[] gaussian(Random random, int count, double scale) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) (scale * random.nextGaussian());
        }
        return values;
    }
}
