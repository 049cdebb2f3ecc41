package io.oxbow.arch;

import io.oxbow.compute.OutputBatch;
import io.oxbow.compute.StateTable;
import io.oxbow.compute.StepKernel;
import io.oxbow.compute.TokenBatch;
import io.oxbow.compute.scalar.ScalarBackend;
import io.oxbow.model.StateRows;
import io.oxbow.plan.StepPlan;
import java.util.Arrays;

/** One stream of a plan on the scalar backend, for tests. */
public final class ModelRun implements AutoCloseable {
    private final StepPlan plan;
    private final StepKernel kernel;
    private final StateTable table;
    private final int[] slot = {0};

    public ModelRun(StepPlan plan, int maxTokens) {
        this.plan = plan;
        this.kernel = new ScalarBackend().prepare(plan, maxTokens, 1);
        this.table = kernel.newTable(1);
        table.initRows(slot, 1);
    }

    /** Feeds tokens one step apart; returns their outputs. */
    public float[] feed(float... tokens) {
        float[] dt = new float[tokens.length / plan.inputDim()];
        Arrays.fill(dt, 1);
        return feed(tokens, dt);
    }

    /** Feeds tokens with the seconds before each. */
    public float[] feed(float[] tokens, float[] dt) {
        int count = dt.length;
        TokenBatch batch = new TokenBatch(plan.inputDim(), count, 1);
        System.arraycopy(tokens, 0, batch.tokens(), 0, tokens.length);
        System.arraycopy(dt, 0, batch.dt(), 0, count);
        batch.offsets()[1] = count;
        batch.size(count, 1);
        OutputBatch outputs = new OutputBatch(plan.outputs(), count);
        kernel.run(batch, table, outputs);
        return outputs.values();
    }

    public StateRows state() {
        StateRows rows = new StateRows(plan.layout(), 1);
        table.readRows(slot, 1, rows);
        return rows;
    }

    public void state(StateRows rows) {
        table.writeRows(slot, 1, rows);
    }

    @Override
    public void close() {
        table.close();
        kernel.close();
    }
}
