package io.oxbow.compute.tornado;

import uk.ac.manchester.tornado.api.TornadoProfilerResult;

/** What TornadoVM's profiler said of the runs of a table, added up. Not thread-safe. */
final class RunProfile {
    private long compilingRuns;
    private long kernelNanos;
    private long transferNanos;

    void add(TornadoProfilerResult run) {
        if (run.getCompileTime() > 0) {
            compilingRuns++;
        }
        kernelNanos += run.getDeviceKernelTime();
        transferNanos += run.getDeviceReadTime() + run.getDeviceWriteTime();
    }

    /** Runs that compiled something. */
    long compilingRuns() {
        return compilingRuns;
    }

    long kernelNanos() {
        return kernelNanos;
    }

    /** Both ways. */
    long transferNanos() {
        return transferNanos;
    }
}
