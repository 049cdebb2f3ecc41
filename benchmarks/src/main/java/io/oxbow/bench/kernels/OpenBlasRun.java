package io.oxbow.bench.kernels;

import io.oxbow.bench.BenchmarkPlans;
import io.oxbow.plan.Linear;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.openblas.global.openblas;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The peer of the projections: the same product by OpenBLAS, one thread a call. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class OpenBlasRun {
    /** Rows of the product. */
    @Param("64")
    int rows;

    private int inDim;
    private int outDim;
    private FloatPointer weight;
    private FloatPointer in;
    private FloatPointer out;

    @Setup
    public void prepare() {
        openblas.blas_set_num_threads(1);
        Linear linear = (Linear) BenchmarkPlans.all().get(KernelCases.LINEAR).get().ops().get(0);
        inDim = linear.in().width();
        outDim = linear.out().width();
        weight = new FloatPointer(linear.weight());
        float[] values = new float[rows * inDim];
        Random random = new Random(5);
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        in = new FloatPointer(values);
        out = new FloatPointer((long) rows * outDim);
    }

    /** {@code out = in weight^T}. */
    @Benchmark
    public FloatPointer multiply() {
        openblas.cblas_sgemm(
                openblas.CblasRowMajor,
                openblas.CblasNoTrans,
                openblas.CblasTrans,
                rows,
                outDim,
                inDim,
                1,
                in,
                inDim,
                weight,
                inDim,
                0,
                out,
                outDim);
        return out;
    }

    @TearDown
    public void free() {
        weight.close();
        in.close();
        out.close();
    }
}
