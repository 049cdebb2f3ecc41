package io.oxbow.flink.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.oxbow.compute.StateTable;
import io.oxbow.compute.StepKernel;
import io.oxbow.compute.TokenBatch;
import io.oxbow.compute.scalar.ScalarBackend;
import io.oxbow.flink.testing.TestModels;
import io.oxbow.plan.StepPlan;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuarantiningStepTest {
    private static final StepPlan PLAN = TestModels.seeded(1).plan();
    private static final int WIDTH = PLAN.outputs().width();
    private static final int DIM = TestModels.INPUT_DIM;
    private static final int STREAMS = 5;
    private static final int LENGTH = 60;

    /** One token after another, each in a batch of its own. */
    private static final class Reference {
        final float[][][] outputs = new float[STREAMS][LENGTH][];
        final boolean[][] broken = new boolean[STREAMS][LENGTH];
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.02, 0.3, 1})
    void whatIsSaidOfATokenDoesNotDependOnItsBatch(double poison) {
        float[][][] tokens = tokens(poison);
        Reference reference = new Reference();
        try (StepKernel kernel = new ScalarBackend().prepare(PLAN, 1, 1);
                StateTable table = initialised(kernel)) {
            QuarantiningStep step = new QuarantiningStep(kernel, PLAN, 1, 1);
            TokenBatch single = new TokenBatch(DIM, 1, 1);
            for (int s = 0; s < STREAMS; s++) {
                for (int t = 0; t < LENGTH; t++) {
                    fill(single, tokens, new int[] {s}, new int[] {t}, new int[] {t + 1});
                    step.run(single, table);
                    reference.broken[s][t] = step.isBroken(0);
                    reference.outputs[s][t] = Arrays.copyOf(step.outputs().values(), WIDTH);
                }
            }
        }
        Random cuts = new Random(7);
        for (int trial = 0; trial < 10; trial++) {
            compareCut(tokens, reference, cuts);
        }
    }

    private static void compareCut(float[][][] tokens, Reference reference, Random cuts) {
        int maxTokens = STREAMS * LENGTH;
        try (StepKernel kernel = new ScalarBackend().prepare(PLAN, maxTokens, STREAMS);
                StateTable table = initialised(kernel)) {
            QuarantiningStep step = new QuarantiningStep(kernel, PLAN, maxTokens, STREAMS);
            TokenBatch batch = new TokenBatch(DIM, maxTokens, STREAMS);
            int[] order = {3, 1, 4, 0, 2};
            int[] from = new int[STREAMS];
            while (Arrays.stream(from).anyMatch(f -> f < LENGTH)) {
                int[] to = new int[STREAMS];
                for (int s = 0; s < STREAMS; s++) {
                    to[s] = Math.min(LENGTH, from[s] + 1 + cuts.nextInt(LENGTH));
                }
                int[] running = Arrays.stream(order).filter(s -> from[s] < LENGTH).toArray();
                fill(batch, tokens, running, from, to);
                step.run(batch, table);
                for (int i = 0; i < running.length; i++) {
                    int s = running[i];
                    for (int t = from[s]; t < to[s]; t++) {
                        int row = batch.offsets()[i] + t - from[s];
                        assertThat(step.isBroken(row)).isEqualTo(reference.broken[s][t]);
                        if (!step.isBroken(row)) {
                            assertThat(
                                            Arrays.copyOfRange(
                                                    step.outputs().values(),
                                                    row * WIDTH,
                                                    (row + 1) * WIDTH))
                                    .isEqualTo(reference.outputs[s][t]);
                        }
                    }
                    from[s] = to[s];
                }
            }
        }
    }

    @Test
    void aStreamThatBreaksAtEveryTokenCostsFewTokens() {
        float[][][] tokens = tokens(1);
        int[] run = {0};
        try (StepKernel kernel = new ScalarBackend().prepare(PLAN, LENGTH, 1);
                StateTable table = initialised(kernel)) {
            StepKernel counting =
                    new StepKernel() {
                        @Override
                        public StateTable newTable(int capacity) {
                            return kernel.newTable(capacity);
                        }

                        @Override
                        public void run(
                                TokenBatch batch,
                                StateTable states,
                                io.oxbow.compute.OutputBatch outputs) {
                            run[0] += batch.tokenCount();
                            kernel.run(batch, states, outputs);
                        }

                        @Override
                        public void close() {}
                    };
            QuarantiningStep step = new QuarantiningStep(counting, PLAN, LENGTH, 1);
            TokenBatch batch = new TokenBatch(DIM, LENGTH, 1);
            fill(batch, tokens, new int[] {0}, new int[] {0}, new int[] {LENGTH});
            step.run(batch, table);
            assertThat(run[0]).isLessThanOrEqualTo(2 * LENGTH);
        }
    }

    private static StateTable initialised(StepKernel kernel) {
        StateTable table = kernel.newTable(STREAMS);
        table.initRows(new int[] {0, 1, 2, 3, 4}, STREAMS);
        return table;
    }

    /** Fills in the tokens {@code [from, to)} of each stream, both by stream number. */
    private static void fill(
            TokenBatch batch, float[][][] tokens, int[] streams, int[] from, int[] to) {
        int t = 0;
        for (int i = 0; i < streams.length; i++) {
            int s = streams[i];
            int at = from.length == 1 ? 0 : s;
            batch.slots()[i] = s;
            batch.offsets()[i] = t;
            for (int k = from[at]; k < to[at]; k++, t++) {
                System.arraycopy(tokens[s][k], 0, batch.tokens(), t * DIM, DIM);
                batch.dt()[t] = 1;
            }
        }
        batch.offsets()[streams.length] = t;
        batch.size(t, streams.length);
    }

    private static float[][][] tokens(double poison) {
        Random random = new Random(17);
        float[][][] tokens = new float[STREAMS][LENGTH][DIM];
        for (float[][] stream : tokens) {
            for (float[] token : stream) {
                boolean bad = random.nextDouble() < poison;
                for (int i = 0; i < DIM; i++) {
                    token[i] = bad ? TestModels.OVERFLOWING : (float) random.nextGaussian();
                }
            }
        }
        return tokens;
    }
}
