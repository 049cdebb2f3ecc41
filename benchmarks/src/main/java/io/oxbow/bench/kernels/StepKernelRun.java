package io.oxbow.bench.kernels;

import io.oxbow.bench.BenchmarkPlans;
import io.oxbow.compute.BackendSelector;
import io.oxbow.compute.OutputBatch;
import io.oxbow.compute.StateTable;
import io.oxbow.compute.StepKernel;
import io.oxbow.compute.TokenBatch;
import io.oxbow.plan.StepPlan;
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
    @Param("linear")
    String plan;

    @Param("scalar")
    String backend;

    /** Streams in the batch, as many as are resident. */
    @Param("64")
    int streams;

    /** Tokens of each stream in the batch. */
    @Param("1")
    int tokens;

    private StepKernel kernel;
    private StateTable table;
    private TokenBatch batch;
    private OutputBatch outputs;

    @Setup
    public void prepare() {
        StepPlan prepared = BenchmarkPlans.all().get(plan).get();
        int total = streams * tokens;
        kernel =
                BackendSelector.load(getClass().getClassLoader())
                        .select(backend)
                        .backend()
                        .prepare(prepared, total, streams);
        table = kernel.newTable(streams);
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
        table.initRows(batch.slots(), streams);
    }

    @Benchmark
    public OutputBatch run() {
        kernel.run(batch, table, outputs);
        return outputs;
    }

    @TearDown
    public void close() {
        table.close();
        kernel.close();
    }
}
