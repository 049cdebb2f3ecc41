package io.oxbow.bench.kernels;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Copies one half of an array over the other, in pieces: each float is read once and written once,
 * as a state's is by a step, so it bounds what a step can reach.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class CopyRun {
    private static final int PIECE = 1 << 14;

    /** Of both halves. */
    @Param("1048576")
    int bytes;

    private float[] values;

    @Setup
    public void prepare() {
        values = new float[bytes / Float.BYTES];
        Arrays.fill(values, 1);
    }

    @Benchmark
    public float[] copy() {
        int half = values.length / 2;
        for (int i = 0; i < half; i += PIECE) {
            System.arraycopy(values, i, values, half + i, Math.min(PIECE, half - i));
        }
        return values;
    }
}
