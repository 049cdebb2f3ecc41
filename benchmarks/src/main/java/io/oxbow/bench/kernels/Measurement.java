package io.oxbow.bench.kernels;

import java.util.Locale;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * One run of JMH in a JVM of its own.
 *
 * @param threads each with a kernel of its own
 * @param warmup seconds for the JIT compiler before that
 * @param seconds measured, in {@link #ITERATIONS} parts whose median counts
 */
record Measurement(int threads, double warmup, double seconds) {
    private static final int ITERATIONS = 5;

    /**
     * What came out.
     *
     * @param perSecond calls of all threads, the median
     * @param allocated bytes of the Java heap, a call
     */
    record Rate(double perSecond, double allocated) {}

    /** Starts the options of a run; the caller adds parameters. */
    ChainedOptionsBuilder options(Class<?> benchmark) {
        return new OptionsBuilder()
                .include("^" + benchmark.getName().replace(".", "\\.") + "\\.\\w+$")
                .threads(threads)
                .forks(1)
                .warmupIterations(1)
                .warmupTime(milliseconds(warmup))
                .measurementIterations(ITERATIONS)
                .measurementTime(milliseconds(seconds / ITERATIONS))
                .addProfiler(GCProfiler.class)
                .verbosity(VerboseMode.SILENT)
                .shouldFailOnError(true);
    }

    static Rate run(ChainedOptionsBuilder options) throws RunnerException {
        // What the forked JVM says, warnings included, must not mix with the results on stdout.
        OutputFormat quiet =
                OutputFormatFactory.createFormatInstance(System.err, VerboseMode.SILENT);
        RunResult run = new Runner(options.build(), quiet).runSingle();
        Result<?> norm = run.getSecondaryResults().get("gc.alloc.rate.norm");
        return new Rate(
                run.getPrimaryResult().getStatistics().getPercentile(50),
                norm == null ? Double.NaN : norm.getScore());
    }

    private static TimeValue milliseconds(double seconds) {
        return TimeValue.milliseconds(Math.max(1, Math.round(1000 * seconds)));
    }

    /** For people: at most four digits. */
    static String rounded(double value) {
        return String.format(Locale.ROOT, value < 100 ? "%.3g" : "%,.0f", value);
    }
}
