package io.oxbow.bench.kernels;

import io.oxbow.compute.BackendSelector;
import io.oxbow.compute.OutputBatch;
import io.oxbow.compute.StateTable;
import io.oxbow.compute.StepKernel;
import io.oxbow.compute.TokenBatch;
import io.oxbow.plan.StepPlan;
import io.oxbow.plan.WeightFormat;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** One batch through one prepared plan, again and again. Each thread has its own kernel. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class StepKernelRun {
    private static final long SETTLING_PART = 250_000_000L;
    private static final int CALM_PARTS = 3;
    private static final long LONGEST_SETTLING = 15_000_000_000L;

    @Param("linear")
    String plan;

    @Param("scalar")
    String backend;

    @Param("F32")
    WeightFormat weights;

    /** Streams in the batch. */
    @Param("64")
    int streams;

    /** Streams that take turns, batch after batch. */
    @Param("64")
    int resident;

    /** Tokens of each stream in the batch. */
    @Param("1")
    int tokens;

    private StepKernel kernel;
    private StateTable table;
    private TokenBatch batch;
    private OutputBatch outputs;
    private int first;

    @Setup
    public void prepare() {
        StepPlan prepared = KernelCases.plans().get(plan).get().withWeights(weights);
        int total = streams * tokens;
        kernel =
                BackendSelector.load(getClass().getClassLoader())
                        .select(backend)
                        .backend()
                        .prepare(prepared, total, streams);
        table = kernel.newTable(resident);
        batch = new TokenBatch(prepared.inputDim(), total, streams);
        outputs = new OutputBatch(prepared.outputs(), total);
        Random random = new Random(5);
        for (int i = 0; i < batch.tokens().length; i++) {
            batch.tokens()[i] = (float) random.nextGaussian();
        }
        for (int t = 0; t < total; t++) {
            batch.dt()[t] = 1;
            batch.eventTimes()[t] = 1000L * (t % tokens);
        }
        for (int s = 0; s < streams; s++) {
            batch.slots()[s] = s;
            batch.offsets()[s + 1] = (s + 1) * tokens;
        }
        batch.size(total, streams);
        int[] all = new int[resident];
        Arrays.setAll(all, slot -> slot);
        table.initRows(all, resident);
        settle();
    }

    /**
     * Runs until the optimising compiler has done its work: until no quarter of a second was a
     * tenth faster than the best one before, three times in a row.
     */
    private void settle() {
        long limit = System.nanoTime() + LONGEST_SETTLING;
        double best = 0;
        for (int calm = 0; calm < CALM_PARTS && System.nanoTime() < limit; calm++) {
            long start = System.nanoTime();
            int runs = 0;
            while (System.nanoTime() - start < SETTLING_PART) {
                run();
                runs++;
            }
            double rate = (double) runs / (System.nanoTime() - start);
            if (rate > 1.1 * best) {
                calm = -1;
            }
            best = Math.max(best, rate);
        }
    }

    @Benchmark
    public OutputBatch run() {
        int[] slots = batch.slots();
        for (int s = 0; s < streams; s++) {
            slots[s] = first + s;
        }
        first = first + 2 * streams <= resident ? first + streams : 0;
        kernel.run(batch, table, outputs);
        return outputs;
    }

    @TearDown
    public void close() {
        table.close();
        kernel.close();
    }
}
