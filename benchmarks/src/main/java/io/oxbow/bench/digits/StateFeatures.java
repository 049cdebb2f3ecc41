package io.oxbow.bench.digits;

import io.oxbow.compute.OutputBatch;
import io.oxbow.compute.StateTable;
import io.oxbow.compute.StepKernel;
import io.oxbow.compute.TokenBatch;
import io.oxbow.compute.scalar.ScalarBackend;
import io.oxbow.model.StateLayout.Segment;
import io.oxbow.model.StateRows;
import io.oxbow.plan.StepPlan;
import java.util.Arrays;

/**
 * The state in which a frozen model is left by an utterance: one segment of it, as it would lie in
 * a stream's managed state. One thread; the caller closes it.
 */
final class StateFeatures implements UtteranceFeatures, AutoCloseable {
    private static final int[] SLOT = {0};

    private final String name;
    private final Segment segment;
    private final StepKernel kernel;
    private final StateTable table;
    private final TokenBatch batch;
    private final OutputBatch outputs;
    private final StateRows state;

    /**
     * @param segment name of the part of the state to take
     * @param maxFrames of an utterance
     */
    StateFeatures(String name, StepPlan plan, String segment, int maxFrames) {
        this.name = name;
        this.segment = plan.layout().segment(segment);
        this.kernel = new ScalarBackend().prepare(plan, maxFrames, 1);
        this.table = kernel.newTable(1);
        this.batch = new TokenBatch(plan.inputDim(), maxFrames, 1);
        this.outputs = new OutputBatch(plan.outputs(), maxFrames);
        this.state = new StateRows(plan.layout(), 1);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public double[] of(float[][] frames, FrameRate rate) {
        int seen = rate.seen(frames.length);
        int width = batch.inputDim();
        for (int i = 0; i < seen; i++) {
            System.arraycopy(frames[i * rate.stride()], 0, batch.tokens(), i * width, width);
        }
        Arrays.fill(batch.dt(), 0, seen, rate.seconds());
        batch.offsets()[1] = seen;
        batch.size(seen, 1);
        table.initRows(SLOT, 1);
        kernel.run(batch, table, outputs);
        table.readRows(SLOT, 1, state);
        double[] result = new double[segment.length()];
        for (int i = 0; i < result.length; i++) {
            result[i] = state.floats()[segment.offset() + i];
        }
        return result;
    }

    @Override
    public void close() {
        table.close();
        kernel.close();
    }
}
