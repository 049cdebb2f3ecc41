package io.oxbow.compute;

import io.oxbow.arch.Complex;
import io.oxbow.arch.DiagonalRule;
import io.oxbow.arch.DiagonalSystem;
import io.oxbow.model.TimeMode;
import io.oxbow.plan.DiagonalScan;
import io.oxbow.plan.Discretisation;
import io.oxbow.plan.DplrScan;
import io.oxbow.plan.LegsRecurrence;
import io.oxbow.plan.ModalScan;
import io.oxbow.plan.OutputLayout;
import io.oxbow.plan.Register;
import io.oxbow.plan.StepPlan;
import io.oxbow.plan.Stepping;
import io.oxbow.plan.TimedRecurrence;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Recurrences, at odd sizes. */
final class ScanPlans {

    private ScanPlans() {}

    static List<PlanCase> cases() {
        List<PlanCase> cases = new ArrayList<>();
        for (int[] size : new int[][] {{1, 1}, {3, 2}, {17, 5}, {64, 3}}) {
            for (TimeMode mode : TimeMode.values()) {
                cases.add(
                        new PlanCase(
                                "diagonal scan of %d channels, %d modes, %s"
                                        .formatted(size[0], size[1], mode),
                                diagonal(size[0], size[1], mode)));
            }
        }
        for (int[] size : new int[][] {{1, 1, 1}, {5, 3, 2}, {33, 2, 1}}) {
            for (TimeMode mode : TimeMode.values()) {
                cases.add(
                        new PlanCase(
                                "DPLR scan of %d channels, %d modes, rank %d, %s"
                                        .formatted(size[0], size[1], size[2], mode),
                                dplr(size[0], size[1], size[2], mode)));
            }
        }
        for (int modes : new int[] {1, 7, 32}) {
            for (TimeMode mode : TimeMode.values()) {
                cases.add(
                        new PlanCase(
                                "modal scan of " + modes + " modes, " + mode, modal(modes, mode)));
            }
        }
        for (int[] size : new int[][] {{1, 1}, {3, 9}, {17, 4}}) {
            for (TimeMode mode : TimeMode.values()) {
                cases.add(
                        new PlanCase(
                                "timed recurrence of %d channels, order %d, %s"
                                        .formatted(size[0], size[1], mode),
                                timed(size[0], size[1], mode)));
            }
        }
        for (LegsRecurrence.Rule rule : LegsRecurrence.Rule.values()) {
            for (int[] size : new int[][] {{3, 9}, {17, 5}}) {
                cases.add(
                        new PlanCase(
                                "LegS of %d channels, order %d, %s"
                                        .formatted(size[0], size[1], rule),
                                legs(size[0], size[1], rule)));
            }
        }
        return cases;
    }

    private static StepPlan diagonal(int channels, int modes, TimeMode mode) {
        Random random = new Random(31L * channels + modes);
        StepPlan.Builder plan = StepPlan.builder(channels);
        Register out = plan.register("out", channels);
        int size = channels * modes;
        plan.add(
                new DiagonalScan(
                        plan.input(),
                        out,
                        plan.state().f32("state", modes, 2, channels),
                        stepping(random, size, mode),
                        gaussian(random, 2 * size),
                        channels % 2 == 0 ? null : gaussian(random, channels)));
        return plan.build(OutputLayout.builder().add(OutputLayout.EMBEDDING, out).build());
    }

    private static StepPlan dplr(int channels, int modes, int rank, TimeMode mode) {
        Random random = new Random(31L * channels + modes);
        StepPlan.Builder plan = StepPlan.builder(channels);
        Register out = plan.register("out", channels);
        int size = channels * modes;
        plan.add(
                new DplrScan(
                        plan.input(),
                        out,
                        plan.state().f32("state", modes, 2, channels),
                        new Stepping(new Coupled(size, rank), mode, 1),
                        rank,
                        gaussian(random, 2 * size),
                        gaussian(random, channels)));
        return plan.build(OutputLayout.builder().add(OutputLayout.EMBEDDING, out).build());
    }

    /** Some contraction of the right size, slower for short gaps. */
    private record Coupled(int modes, int rank) implements Discretisation {
        @Override
        public int size() {
            return (4 + 4 * rank) * modes;
        }

        @Override
        public void fill(double ratio, double[] table) {
            Random random = new Random(9);
            double decay = Math.exp(-0.2 * ratio);
            for (int i = 0; i < table.length; i++) {
                int block = i / modes;
                double scale = block < 2 ? 0.7 * decay : block < 4 ? 1 - decay : 0.02;
                table[i] = scale * (2 * random.nextDouble() - 1);
            }
        }
    }

    private static StepPlan timed(int channels, int order, TimeMode mode) {
        StepPlan.Builder plan = StepPlan.builder(channels);
        Register out = plan.register("out", channels * order);
        plan.add(
                new TimedRecurrence(
                        plan.input(),
                        out,
                        plan.state().f32("memory", channels, order),
                        new Stepping(new Fading(order), mode, 1)));
        return plan.build(OutputLayout.builder().add(OutputLayout.EMBEDDING, out).build());
    }

    /** A contraction of that order, slower for short gaps. */
    private record Fading(int order) implements Discretisation {
        @Override
        public int size() {
            return order * (order + 1);
        }

        @Override
        public void fill(double ratio, double[] table) {
            Random random = new Random(4);
            for (int i = 0; i < table.length; i++) {
                table[i] = 0.5 * Math.exp(-ratio) * random.nextGaussian() / Math.sqrt(order);
            }
        }
    }

    private static StepPlan modal(int modes, TimeMode mode) {
        Random random = new Random(modes);
        StepPlan.Builder plan = StepPlan.builder(2 * modes);
        Register out = plan.register("out", 2 * modes);
        plan.add(
                new ModalScan(
                        plan.input(),
                        out,
                        plan.state().f32("state", 2, modes),
                        stepping(random, modes, mode)));
        return plan.build(OutputLayout.builder().add(OutputLayout.EMBEDDING, out).build());
    }

    private static Stepping stepping(Random random, int size, TimeMode mode) {
        Complex[] a = new Complex[size];
        Complex[] b = new Complex[size];
        double[] dt = new double[size];
        for (int i = 0; i < size; i++) {
            a[i] = new Complex(-0.5 - random.nextDouble(), 4 * random.nextGaussian());
            b[i] = new Complex(1, 0.1 * random.nextGaussian());
            dt[i] = 0.01 + 0.2 * random.nextDouble();
        }
        DiagonalRule rule = size % 2 == 0 ? DiagonalRule.ZOH : DiagonalRule.BILINEAR;
        return new Stepping(new DiagonalSystem(rule, a, b, dt), mode, 1);
    }

    private static StepPlan legs(int channels, int order, LegsRecurrence.Rule rule) {
        StepPlan.Builder plan = StepPlan.builder(channels);
        Register out = plan.register("out", channels * order);
        plan.add(
                new LegsRecurrence(
                        plan.input(),
                        out,
                        plan.state().f32("memory", channels, order),
                        plan.state().f32("memory.low", channels, order),
                        plan.state().i64("steps"),
                        rule));
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
