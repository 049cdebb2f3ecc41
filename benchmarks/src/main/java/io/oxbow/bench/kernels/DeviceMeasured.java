package io.oxbow.bench.kernels;

/**
 * One case on a device of a backend's own, as printed.
 *
 * @param kernel a name of {@link KernelCases}
 * @param streams in a batch, one token each
 * @param residentStreams that take turns, batch after batch
 * @param stateBytes of a stream
 * @param stateBytesPerSecond of states read and states written, both counted, while kernels run
 * @param copyBytesPerSecond read and written, both counted, of the device's memory by itself
 * @param ofCopy the one as a share of the other
 * @param batchMillis of the whole, of the kernels, of the transfers, and what is left for launching
 */
record DeviceMeasured(
        String kernel,
        String backend,
        int streams,
        int residentStreams,
        long stateBytes,
        double stateBytesPerSecond,
        double copyBytesPerSecond,
        double ofCopy,
        double tokensPerSecond,
        double batchMillis,
        double kernelMillis,
        double transferMillis,
        double launchMillis) {

    static DeviceMeasured of(
            KernelCases.Case size,
            String backend,
            long stateBytes,
            double copyRate,
            double batchSeconds,
            double kernelSeconds,
            double transferSeconds) {
        double rate = 2.0 * stateBytes * size.streams() / kernelSeconds;
        return new DeviceMeasured(
                size.kernel(),
                backend,
                size.streams(),
                size.resident(),
                stateBytes,
                rate,
                copyRate,
                rate / copyRate,
                size.streams() / batchSeconds,
                1e3 * batchSeconds,
                1e3 * kernelSeconds,
                1e3 * transferSeconds,
                1e3 * Math.max(0, batchSeconds - kernelSeconds - transferSeconds));
    }

    String text() {
        return "%-12s %-8s %6d of %6d streams of %6.1f KiB: %9s tokens/s, %7s GB/s of state, %.2f of copying (%s GB/s); a batch %s ms: kernels %s, transfers %s, launching %s"
                .formatted(
                        kernel,
                        backend,
                        streams,
                        residentStreams,
                        stateBytes / 1024.0,
                        Measurement.rounded(tokensPerSecond),
                        Measurement.rounded(1e-9 * stateBytesPerSecond),
                        ofCopy,
                        Measurement.rounded(1e-9 * copyBytesPerSecond),
                        Measurement.rounded(batchMillis),
                        Measurement.rounded(kernelMillis),
                        Measurement.rounded(transferMillis),
                        Measurement.rounded(launchMillis));
    }

    /**
     * From what batch on the device is quicker than the CPU.
     *
     * @param against the backend of the CPU
     * @param largest streams in a batch that were tried
     * @param fromStreams null if it never was
     */
    record Crossover(
            String kernel, String backend, String against, int largest, Integer fromStreams) {
        String text() {
            return "%-12s %-8s %s"
                    .formatted(
                            kernel,
                            backend,
                            fromStreams == null
                                    ? "is never quicker than '%s', up to %d streams in a batch"
                                            .formatted(against, largest)
                                    : "is quicker than '%s' from %d streams in a batch on"
                                            .formatted(against, fromStreams));
        }
    }
}
