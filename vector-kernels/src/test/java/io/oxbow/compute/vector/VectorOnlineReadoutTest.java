package io.oxbow.compute.vector;

import static org.assertj.core.api.Assertions.assertThat;

import io.oxbow.arch.memory.MemoryConfig;
import io.oxbow.arch.memory.MemoryModel;
import io.oxbow.compute.HostStateTable;
import io.oxbow.compute.HostStepKernel;
import io.oxbow.compute.OpKernel;
import io.oxbow.compute.OutputBatch;
import io.oxbow.compute.TokenBatch;
import io.oxbow.compute.scalar.ScalarBackend;
import io.oxbow.plan.OnlineReadout;
import io.oxbow.plan.StepOp;
import io.oxbow.plan.StepPlan;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VectorOnlineReadoutTest {
    private static final int TOKENS = 64;
    private static final int BATCHES = 20;

    @ParameterizedTest
    @ValueSource(ints = {1, 8, 17, 33})
    void learnsBitForBitLikeTheScalarReference(int channels) {
        StepPlan plan = MemoryModel.build(MemoryConfig.forChannels(channels)).plan();

        float[] vector = states(plan, VectorOnlineReadoutTest::withVectorReadout);
        float[] scalar = states(plan, ScalarBackend::compile);

        assertThat(vector).isEqualTo(scalar);
    }

    private static OpKernel withVectorReadout(StepOp op) {
        return op instanceof OnlineReadout readout
                ? new VectorOnlineReadout(readout)
                : ScalarBackend.compile(op);
    }

    private static float[] states(StepPlan plan, Function<StepOp, OpKernel> compile) {
        Random random = new Random(plan.inputDim());
        TokenBatch batch = new TokenBatch(plan.inputDim(), TOKENS, 1);
        OutputBatch outputs = new OutputBatch(plan.outputs(), TOKENS);
        batch.offsets()[1] = TOKENS;
        batch.size(TOKENS, 1);
        try (HostStepKernel kernel = new HostStepKernel(plan, TOKENS, compile);
                HostStateTable table = kernel.newTable(1)) {
            table.initRows(new int[] {0}, 1);
            for (int b = 0; b < BATCHES; b++) {
                for (int i = 0; i < batch.tokens().length; i++) {
                    batch.tokens()[i] = (float) (Math.sin(0.1 * i) + 0.3 * random.nextGaussian());
                }
                for (int t = 0; t < TOKENS; t++) {
                    batch.dt()[t] = 1;
                    batch.eventTimes()[t] = 60_000L * (b * TOKENS + t);
                }
                kernel.run(batch, table, outputs);
            }
            return table.rows().floats();
        }
    }
}
