package io.oxbow.bench.detect;

import io.oxbow.arch.memory.MemoryConfig;
import io.oxbow.arch.memory.MemoryModel;
import io.oxbow.compute.ComputeBackend;
import io.oxbow.compute.OutputBatch;
import io.oxbow.compute.StateTable;
import io.oxbow.compute.StepKernel;
import io.oxbow.compute.TokenBatch;
import io.oxbow.model.SsmModel;
import io.oxbow.plan.OutputLayout;
import java.util.Arrays;

/** Runs the built-in model over a series as a stream: once, in order, each row seen once. */
final class StreamScores implements Detector {
    private static final int BATCH = 256;

    private final ComputeBackend backend;

    StreamScores(ComputeBackend backend) {
        this.backend = backend;
    }

    /**
     * The anomaly score of every row, from the rows up to it. A row with a missing value is not
     * shown to the model and takes the score of the row before it.
     */
    @Override
    public double[] scores(LabelledSeries series, Purpose purpose) {
        SsmModel model = MemoryModel.build(MemoryConfig.forChannels(series.channels()));
        OutputLayout layout = model.plan().outputs();
        int score = layout.field(OutputLayout.SCORE).orElseThrow().offset();
        OutputBatch outputs = new OutputBatch(layout, BATCH);
        TokenBatch batch = new TokenBatch(series.channels(), BATCH, 1);
        int[] rows = new int[BATCH];
        double[] scores = new double[series.rows()];
        Arrays.fill(scores, Double.NaN);
        try (StepKernel kernel = backend.prepare(model.plan(), BATCH, 1);
                StateTable table = kernel.newTable(1)) {
            table.initRows(new int[] {0}, 1);
            int row = 0;
            while (row < series.rows()) {
                int tokens = 0;
                for (; tokens < BATCH && row < series.rows(); row++) {
                    if (complete(series.values()[row])) {
                        place(series, row, batch, tokens);
                        rows[tokens++] = row;
                    }
                }
                if (tokens > 0) {
                    batch.offsets()[1] = tokens;
                    batch.size(tokens, 1);
                    kernel.run(batch, table, outputs);
                }
                for (int t = 0; t < tokens; t++) {
                    scores[rows[t]] = outputs.values()[t * layout.width() + score];
                }
            }
        }
        return withoutHoles(scores);
    }

    @Override
    public long bytes(LabelledSeries series) {
        SsmModel model = MemoryModel.build(MemoryConfig.forChannels(series.channels()));
        return model.plan().layout().bytes();
    }

    private static void place(LabelledSeries series, int row, TokenBatch batch, int token) {
        int dim = series.channels();
        System.arraycopy(series.values()[row], 0, batch.tokens(), token * dim, dim);
        batch.eventTimes()[token] = series.times()[row];
        batch.dt()[token] = 1;
    }

    private static boolean complete(float[] values) {
        for (float value : values) {
            if (!Float.isFinite(value)) {
                return false;
            }
        }
        return true;
    }

    private static double[] withoutHoles(double[] scores) {
        double last = 0;
        for (int row = 0; row < scores.length; row++) {
            if (Double.isNaN(scores[row])) {
                scores[row] = last;
            }
            last = scores[row];
        }
        return scores;
    }
}
