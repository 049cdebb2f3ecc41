package io.oxbow.bench.drift;

import io.oxbow.compute.ComputeBackend;
import io.oxbow.compute.OutputBatch;
import io.oxbow.compute.StateTable;
import io.oxbow.compute.StepKernel;
import io.oxbow.compute.TokenBatch;
import io.oxbow.model.StateLayout.Dtype;
import io.oxbow.model.StateLayout.Segment;
import io.oxbow.model.StateRows;
import io.oxbow.plan.OutputLayout;
import io.oxbow.plan.StepPlan;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** One stream of one plan, on a backend and in 64 bits side by side. The caller closes it. */
final class DriftRun implements AutoCloseable {
    private static final int BATCH = 500;
    private static final int[] SLOT = {0};

    private final StepPlan plan;
    private final DoublePlan reference;
    private final StepKernel kernel;
    private final StateTable table;
    private final TokenBatch batch;
    private final OutputBatch outputs;
    private final StateRows rows;
    private final List<Segment> segments;
    private final double[] largestState;
    private final double[] largestOutput;
    private final double[] expected;
    private final Random random = new Random(7);
    private final double[] found;
    private final double[] wanted;
    private final TurnedBack turnedBack;
    private double angleError;
    private double stateError;
    private String worstSegment = "";
    private double outputError;

    DriftRun(StepPlan plan, ComputeBackend backend) {
        this.plan = plan;
        this.reference = new DoublePlan(plan);
        this.kernel = backend.prepare(plan, BATCH, 1);
        this.table = kernel.newTable(1);
        this.batch = new TokenBatch(plan.inputDim(), BATCH, 1);
        this.outputs = new OutputBatch(plan.outputs(), BATCH);
        this.rows = new StateRows(plan.layout(), 1);
        this.segments =
                plan.layout().segments().stream()
                        .filter(s -> s.dtype() == Dtype.F32 && !s.name().endsWith(".low"))
                        .toList();
        this.largestState = new double[segments.size()];
        this.largestOutput = new double[plan.outputs().fields().size()];
        this.expected = new double[plan.outputs().width()];
        this.found = new double[plan.layout().floats()];
        this.wanted = new double[plan.layout().floats()];
        this.turnedBack = new TurnedBack(plan);
        table.initRows(SLOT, 1);
        Arrays.fill(batch.dt(), 1);
    }

    /** Feeds white noise about a mean of one half, and looks at the state after each batch. */
    void advance(int steps) {
        int inputDim = plan.inputDim();
        for (int done = 0; done < steps; done += BATCH) {
            int count = Math.min(BATCH, steps - done);
            for (int i = 0; i < count * inputDim; i++) {
                batch.tokens()[i] = (float) (0.5 + random.nextGaussian());
            }
            batch.offsets()[1] = count;
            batch.size(count, 1);
            kernel.run(batch, table, outputs);
            for (int t = 0; t < count; t++) {
                reference.step(batch.tokens(), t * inputDim);
            }
            compareState();
            compareOutputs(count - 1);
        }
    }

    /** See {@link DriftBenchmark.Drift}. */
    double stateError() {
        return stateError;
    }

    /** See {@link DriftBenchmark.Drift}. */
    double angleError() {
        return angleError;
    }

    /** The segment of the state that {@link #stateError} was found in. */
    String worstSegment() {
        return worstSegment;
    }

    /** See {@link DriftBenchmark.Drift}. */
    double outputError() {
        return outputError;
    }

    private void compareState() {
        table.readRows(SLOT, 1, rows);
        for (int i = 0; i < found.length; i++) {
            found[i] = rows.floats()[i];
        }
        System.arraycopy(reference.state(), 0, wanted, 0, wanted.length);
        turnedBack.apply(found);
        turnedBack.apply(wanted);
        for (int s = 0; s < segments.size(); s++) {
            Segment segment = segments.get(s);
            boolean angles = segment.name().endsWith("angle_state");
            double worst = 0;
            for (int i = segment.offset(); i < segment.offset() + segment.length(); i++) {
                double difference = found[i] - wanted[i];
                double size = wanted[i];
                if (angles) {
                    difference = Math.IEEEremainder(difference, 2 * Math.PI);
                    size = reference.turned()[i];
                    angleError = Math.max(angleError, Math.abs(difference));
                }
                worst = Math.max(worst, Math.abs(difference));
                largestState[s] = Math.max(largestState[s], Math.abs(size));
            }
            double error = worst / largestState[s];
            if (!(error <= stateError)) {
                stateError = error;
                worstSegment = segment.name();
            }
        }
    }

    private void compareOutputs(int token) {
        List<OutputLayout.Field> fields = plan.outputs().fields();
        for (int f = 0; f < fields.size(); f++) {
            OutputLayout.Field field = fields.get(f);
            reference.output(field, expected);
            double worst = 0;
            for (int i = field.offset(); i < field.offset() + field.width(); i++) {
                float found = outputs.values()[token * plan.outputs().width() + i];
                worst = Math.max(worst, Math.abs(found - expected[i]));
                largestOutput[f] = Math.max(largestOutput[f], Math.abs(expected[i]));
            }
            outputError = Math.max(outputError, worst / largestOutput[f]);
        }
    }

    @Override
    public void close() {
        table.close();
        kernel.close();
    }
}
