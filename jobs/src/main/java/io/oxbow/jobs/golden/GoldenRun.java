package io.oxbow.jobs.golden;

import io.oxbow.compute.ComputeBackend;
import io.oxbow.compute.OutputBatch;
import io.oxbow.compute.StateTable;
import io.oxbow.compute.StepKernel;
import io.oxbow.compute.TokenBatch;
import io.oxbow.model.StateRows;
import io.oxbow.plan.OutputLayout;
import io.oxbow.plan.StepPlan;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Runs one trial on one backend: undisturbed, and broken in the middle. */
final class GoldenRun {
    private static final double OUTPUT_TOLERANCE = 2e-4;
    private static final double OUTPUT_SHARE = 1e-5;
    private static final double STATE_SHARE = 1e-4;

    private final GoldenTrial trial;
    private final ComputeBackend backend;
    private final StepPlan plan;
    private final int[] slots;
    private double stateMaxAbs;
    private double worstShare;
    private double stateTolerance;
    private final double outputTolerance;

    GoldenRun(GoldenTrial trial, ComputeBackend backend) {
        this.trial = trial;
        this.backend = backend;
        this.plan = trial.model().plan();
        // Neither in order nor dense, as in an operator.
        this.outputTolerance = outputTolerance();
        this.slots =
                IntStream.range(0, trial.streams()).map(s -> 2 * (trial.streams() - s)).toArray();
    }

    GoldenResult result(String name) {
        float[] whole = new float[trial.streams() * trial.steps() * plan.outputs().width()];
        StateRows middle = undisturbed(whole);
        double output = outputDifference(whole, 0);
        double restored = outputDifference(continued(whole, serialised(middle)), trial.middle());
        if (referenceState(middle)) {
            restored = worse(restored, outputDifference(continued(whole, middle), trial.middle()));
        }
        boolean ok =
                output <= outputTolerance
                        && restored <= outputTolerance
                        && worstShare <= STATE_SHARE;
        return new GoldenResult(
                name,
                backend.name(),
                output,
                stateMaxAbs,
                restored,
                outputTolerance,
                stateTolerance,
                ok,
                trial.reading(),
                null);
    }

    /** A fixed difference, or a share of outputs too large for 32 bits to meet it. */
    private double outputTolerance() {
        double largest = 0;
        for (GoldenTrial.Output expected : trial.outputs()) {
            for (double value : expected.values()) {
                largest = Double.isFinite(value) ? Math.max(largest, Math.abs(value)) : largest;
            }
        }
        return Math.max(OUTPUT_TOLERANCE, OUTPUT_SHARE * largest);
    }

    /** Runs all steps, checks the states on the way, and returns those of the middle. */
    private StateRows undisturbed(float[] outputs) {
        try (StepKernel kernel = kernel();
                StateTable table = kernel.newTable(2 * trial.streams() + 1)) {
            table.initRows(slots, slots.length);
            advance(kernel, table, 0, trial.middle(), trial.middle(), outputs);
            StateRows middle = rows(table);
            compareStates(middle, trial.middle());
            advance(kernel, table, trial.middle(), trial.steps(), trial.steps(), outputs);
            compareStates(rows(table), trial.steps());
            return middle;
        }
    }

    /** Runs the steps after the middle in a new kernel, cut into uneven batches. */
    private float[] continued(float[] whole, StateRows from) {
        float[] outputs = whole.clone();
        int width = plan.outputs().width();
        for (int s = 0; s < trial.streams(); s++) {
            Arrays.fill(
                    outputs,
                    (s * trial.steps() + trial.middle()) * width,
                    (s + 1) * trial.steps() * width,
                    Float.NaN);
        }
        try (StepKernel kernel = kernel();
                StateTable table = kernel.newTable(2 * trial.streams() + 1)) {
            table.writeRows(slots, slots.length, from);
            for (int step = trial.middle(), cut = 1; step < trial.steps(); cut++) {
                int to = Math.min(trial.steps(), step + cut);
                advance(kernel, table, step, to, cut, outputs);
                step = to;
            }
            return outputs;
        }
    }

    private StepKernel kernel() {
        return backend.prepare(plan, trial.streams() * trial.steps(), trial.streams());
    }

    private StateRows rows(StateTable table) {
        StateRows rows = new StateRows(plan.layout(), slots.length);
        table.readRows(slots, slots.length, rows);
        return rows;
    }

    private void advance(
            StepKernel kernel, StateTable table, int from, int to, int maxSteps, float[] outputs) {
        int streams = trial.streams();
        int inputDim = plan.inputDim();
        int count = to - from;
        TokenBatch batch = new TokenBatch(inputDim, streams * Math.max(count, maxSteps), streams);
        for (int s = 0; s < streams; s++) {
            System.arraycopy(
                    trial.inputs(),
                    (s * trial.steps() + from) * inputDim,
                    batch.tokens(),
                    s * count * inputDim,
                    count * inputDim);
            batch.offsets()[s] = s * count;
            batch.slots()[s] = slots[s];
        }
        batch.offsets()[streams] = streams * count;
        Arrays.fill(batch.dt(), 1);
        batch.size(streams * count, streams);
        OutputBatch out = new OutputBatch(plan.outputs(), streams * count);
        kernel.run(batch, table, out);
        int width = plan.outputs().width();
        for (int s = 0; s < streams; s++) {
            System.arraycopy(
                    out.values(),
                    s * count * width,
                    outputs,
                    (s * trial.steps() + from) * width,
                    count * width);
        }
    }

    /** A round trip through bytes, as a checkpoint takes it. */
    private StateRows serialised(StateRows rows) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * rows.floats().length + 8 * rows.longs().length);
        bytes.asFloatBuffer().put(rows.floats());
        bytes.position(4 * rows.floats().length).slice().asLongBuffer().put(rows.longs());
        StateRows read = new StateRows(rows.layout(), rows.count());
        bytes.position(0).asFloatBuffer().get(read.floats());
        bytes.position(4 * rows.floats().length).slice().asLongBuffer().get(read.longs());
        return read;
    }

    /** Overwrites our state with the reference's; false if the reference has none in the middle. */
    private boolean referenceState(StateRows middle) {
        boolean any = false;
        for (GoldenTrial.State state : trial.states()) {
            if (state.step() == trial.middle()) {
                StateView view = StateView.of(plan, state.name());
                for (int s = 0; s < slots.length; s++) {
                    for (int i = 0; i < view.size(); i++) {
                        view.set(middle, s, i, state.values()[s * view.size() + i]);
                    }
                }
                any = true;
            }
        }
        return any;
    }

    private double outputDifference(float[] outputs, int fromStep) {
        double worst = 0;
        for (GoldenTrial.Output expected : trial.outputs()) {
            OutputLayout.Field field =
                    plan.outputs()
                            .field(expected.field())
                            .orElseThrow(
                                    () ->
                                            new IllegalArgumentException(
                                                    "the model has no output '"
                                                            + expected.field()
                                                            + "'"));
            int perStream = expected.values().length / trial.streams();
            boolean lastOnly = perStream == field.width();
            int first = lastOnly ? trial.steps() - 1 : fromStep;
            if (!lastOnly && perStream != trial.steps() * field.width()) {
                throw new IllegalArgumentException(
                        "the reference for '"
                                + expected.field()
                                + "' has "
                                + perStream
                                + " numbers a stream where the model makes "
                                + trial.steps()
                                + " x "
                                + field.width());
            }
            for (int s = 0; s < trial.streams(); s++) {
                for (int t = first; t < trial.steps(); t++) {
                    int from = (s * trial.steps() + t) * plan.outputs().width() + field.offset();
                    int to = s * perStream + (lastOnly ? 0 : t * field.width());
                    for (int i = 0; i < field.width(); i++) {
                        worst =
                                worse(
                                        worst,
                                        Math.abs(outputs[from + i] - expected.values()[to + i]));
                    }
                }
            }
        }
        return worst;
    }

    private void compareStates(StateRows rows, int step) {
        for (GoldenTrial.State state : trial.states()) {
            if (state.step() != step) {
                continue;
            }
            StateView view = StateView.of(plan, state.name());
            if (state.values().length != slots.length * view.size()) {
                throw new IllegalArgumentException(
                        "the reference state '"
                                + state.name()
                                + "' has "
                                + state.values().length / slots.length
                                + " numbers a stream where the model keeps "
                                + view.size());
            }
            double largest = 0;
            double worst = 0;
            for (int i = 0; i < state.values().length; i++) {
                double expected = state.values()[i];
                double found = view.get(rows, i / view.size(), i % view.size());
                double difference = found - expected;
                if (view.angular()) {
                    difference = Math.IEEEremainder(difference, 2 * Math.PI);
                }
                largest = Math.max(largest, Math.abs(expected));
                worst = worse(worst, Math.abs(difference));
            }
            stateMaxAbs = worse(stateMaxAbs, worst);
            double share = worst == 0 ? 0 : worst / largest;
            if (Double.isNaN(share) || share >= worstShare) {
                worstShare = share;
                stateTolerance = STATE_SHARE * largest;
            }
        }
    }

    /** The larger, where NaN is the largest. */
    private static double worse(double a, double b) {
        return Math.max(a, b);
    }
}
