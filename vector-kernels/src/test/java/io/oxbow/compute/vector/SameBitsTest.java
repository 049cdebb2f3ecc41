package io.oxbow.compute.vector;

import static org.assertj.core.api.Assertions.assertThat;

import io.oxbow.arch.memory.MemoryConfig;
import io.oxbow.arch.memory.MemoryModel;
import io.oxbow.compute.HostStateTable;
import io.oxbow.compute.HostStepKernel;
import io.oxbow.compute.OpKernel;
import io.oxbow.compute.OutputBatch;
import io.oxbow.compute.PlanCase;
import io.oxbow.compute.PlanCatalogue;
import io.oxbow.compute.TokenBatch;
import io.oxbow.compute.scalar.ScalarBackend;
import io.oxbow.plan.DiagonalScan;
import io.oxbow.plan.DplrScan;
import io.oxbow.plan.ModalScan;
import io.oxbow.plan.OnlineReadout;
import io.oxbow.plan.StepOp;
import io.oxbow.plan.StepPlan;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Kernels that promise the scalar reference's own bits, over long streams. */
class SameBitsTest {
    private static final int TOKENS = 67;
    private static final int BATCHES = 20;

    /** One long stream, and three of a token each: kernels take several together. */
    private static final int STREAMS = 4;

    static Stream<PlanCase> plans() {
        Stream<PlanCase> readouts =
                Stream.of(1, 8, 17, 33)
                        .map(MemoryConfig::forChannels)
                        .map(config -> MemoryModel.build(config).plan())
                        .map(plan -> new PlanCase("memory of " + plan.inputDim(), plan));
        Stream<PlanCase> scans = PlanCatalogue.cases().stream().filter(SameBitsTest::hasLinearScan);
        return Stream.concat(readouts, scans);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("plans")
    void agreesBitForBitWithTheScalarReference(PlanCase planCase) {
        float[] vector = results(planCase.plan(), SameBitsTest::compile);
        float[] scalar = results(planCase.plan(), ScalarBackend::compile);

        assertThat(vector).isEqualTo(scalar);
    }

    private static boolean hasLinearScan(PlanCase planCase) {
        return planCase.plan().ops().stream()
                .anyMatch(
                        op ->
                                op instanceof DiagonalScan
                                        || op instanceof DplrScan
                                        || op instanceof ModalScan);
    }

    private static OpKernel compile(StepOp op) {
        if (op instanceof OnlineReadout readout) {
            return new VectorOnlineReadout(readout);
        }
        if (op instanceof DiagonalScan scan) {
            return new VectorDiagonalScan(scan);
        }
        if (op instanceof DplrScan scan) {
            return new VectorDplrScan(scan);
        }
        if (op instanceof ModalScan scan) {
            return new VectorModalScan(scan);
        }
        return ScalarBackend.compile(op);
    }

    /** The states at the end, and the outputs of the last batch. */
    private static float[] results(StepPlan plan, Function<StepOp, OpKernel> compile) {
        Random random = new Random(plan.inputDim());
        int stateFloats = plan.layout().floats();
        TokenBatch batch = new TokenBatch(plan.inputDim(), TOKENS, STREAMS);
        OutputBatch outputs = new OutputBatch(plan.outputs(), TOKENS);
        int[] slots = batch.slots();
        for (int s = 0; s < STREAMS; s++) {
            slots[s] = s;
            batch.offsets()[s + 1] = TOKENS - (STREAMS - 1 - s);
        }
        batch.size(TOKENS, STREAMS);
        try (HostStepKernel kernel = new HostStepKernel(plan, TOKENS, compile);
                HostStateTable table = kernel.newTable(STREAMS)) {
            table.initRows(slots, STREAMS);
            for (int b = 0; b < BATCHES; b++) {
                for (int i = 0; i < batch.tokens().length; i++) {
                    batch.tokens()[i] = (float) (Math.sin(0.1 * i) + 0.3 * random.nextGaussian());
                }
                for (int t = 0; t < TOKENS; t++) {
                    batch.dt()[t] = 1 + t / 6 % 3;
                    batch.eventTimes()[t] = 60_000L * (b * TOKENS + t);
                }
                kernel.run(batch, table, outputs);
            }
            int states = STREAMS * stateFloats;
            float[] all =
                    Arrays.copyOf(table.rows().floats(), states + TOKENS * plan.outputs().width());
            System.arraycopy(outputs.values(), 0, all, states, all.length - states);
            return all;
        }
    }
}
