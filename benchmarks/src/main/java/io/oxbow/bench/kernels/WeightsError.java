package io.oxbow.bench.kernels;

import io.oxbow.compute.ComputeBackend;
import io.oxbow.compute.OutputBatch;
import io.oxbow.compute.StateTable;
import io.oxbow.compute.StepKernel;
import io.oxbow.compute.TokenBatch;
import io.oxbow.plan.StepPlan;
import io.oxbow.plan.WeightFormat;
import java.util.Random;

/** What rounding a plan's weights changes in its outputs. */
final class WeightsError {
    private static final int TOKENS = 16;

    private WeightsError() {}

    /**
     * Root mean square of the differences relative to that of the outputs, over the first tokens of
     * a stream of noise.
     */
    static double of(StepPlan plan, WeightFormat format, ComputeBackend backend) {
        float[] exact = outputs(plan, backend);
        float[] rounded = outputs(plan.withWeights(format), backend);
        double differences = 0;
        double squares = 0;
        for (int i = 0; i < exact.length; i++) {
            differences += Math.pow((double) rounded[i] - exact[i], 2);
            squares += (double) exact[i] * exact[i];
        }
        return Math.sqrt(differences / squares);
    }

    private static float[] outputs(StepPlan plan, ComputeBackend backend) {
        TokenBatch batch = new TokenBatch(plan.inputDim(), TOKENS, 1);
        OutputBatch outputs = new OutputBatch(plan.outputs(), TOKENS);
        Random random = new Random(9);
        for (int i = 0; i < batch.tokens().length; i++) {
            batch.tokens()[i] = (float) random.nextGaussian();
        }
        for (int t = 0; t < TOKENS; t++) {
            batch.dt()[t] = 1;
            batch.eventTimes()[t] = 1000L * t;
        }
        batch.offsets()[1] = TOKENS;
        batch.size(TOKENS, 1);
        try (StepKernel kernel = backend.prepare(plan, TOKENS, 1);
                StateTable table = kernel.newTable(1)) {
            table.initRows(new int[] {0}, 1);
            kernel.run(batch, table, outputs);
        }
        return outputs.values();
    }
}
