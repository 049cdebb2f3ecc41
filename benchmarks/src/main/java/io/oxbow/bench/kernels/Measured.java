package io.oxbow.bench.kernels;

import io.oxbow.plan.WeightFormat;

/**
 * One case, as printed; what does not apply is null.
 *
 * @param kernel a name of {@link KernelCases}
 * @param streams in a batch
 * @param residentStreams that take turns, batch after batch
 * @param weights how projections keep theirs
 * @param elementsPerToken floats of state, or weights where there is no state
 * @param gElementsPerSecond 10^9 of those
 * @param ofMemcpy the share of the rate at which memory that no cache holds is copied
 * @param ofOpenBlas the share of the peer's rate
 * @param weightsError root mean square of what rounding the weights changed in the outputs,
 *     relative to theirs, a few tokens into a stream
 * @param allocPerBatch bytes of the Java heap
 */
record Measured(
        String kernel,
        String backend,
        int streams,
        int residentStreams,
        int tokensPerStream,
        int threads,
        WeightFormat weights,
        long elementsPerToken,
        double gElementsPerSecond,
        double tokensPerSecond,
        double gFlopPerSecond,
        Double ofMemcpy,
        Double ofOpenBlas,
        Double weightsError,
        Double allocPerBatch) {

    String text() {
        return "%-12s %-8s %3d of %5d streams x %d, %d threads: %9s tokens/s %7s G elements/s %7s GFLOP/s%s%s%s%s"
                .formatted(
                        kernel,
                        backend,
                        streams,
                        residentStreams,
                        tokensPerStream,
                        threads,
                        Measurement.rounded(tokensPerSecond),
                        Measurement.rounded(gElementsPerSecond),
                        Measurement.rounded(gFlopPerSecond),
                        ofMemcpy == null ? "" : ", %.2f of memcpy".formatted(ofMemcpy),
                        ofOpenBlas == null ? "" : ", %.2f of OpenBLAS".formatted(ofOpenBlas),
                        weightsError == null
                                ? ""
                                : ", %s is off by %.2g".formatted(weights, weightsError),
                        allocPerBatch == null ? "" : ", %.0f B a batch".formatted(allocPerBatch));
    }
}
