package io.oxbow.bench.kernels;

import io.oxbow.bench.kernels.DeviceMeasured.Crossover;
import io.oxbow.bench.kernels.KernelCases.Case;
import io.oxbow.compute.Availability;
import io.oxbow.compute.BackendSelector;
import io.oxbow.compute.BatchTrial;
import io.oxbow.compute.ComputeBackend;
import io.oxbow.compute.DeviceMeter;
import io.oxbow.compute.KernelException;
import io.oxbow.compute.StateTable;
import io.oxbow.compute.StepKernel;
import io.oxbow.jobs.cli.OutputOptions;
import io.oxbow.plan.StepPlan;
import java.time.Duration;

/**
 * Measures cases on a device of a backend's own, beside the rate at which that device copies its
 * memory, and from what batch on it is quicker than the CPU.
 *
 * <p>In this process, not in JVMs of their own: what counts is compiled for the device, and the
 * CPU's side runs until it gets no faster.
 */
final class DeviceRunner {
    /** More than any device's caches hold. */
    private static final long COPIED_BYTES = 256L << 20;

    /** From one stream to this, four times as many each time. */
    private static final int LARGEST_BATCH = 4096;

    private static final Duration LONGEST_CROSSOVER_TRIAL = Duration.ofSeconds(3);

    private final ComputeBackend backend;
    private final DeviceMeter meter;
    private final Duration limit;
    private final OutputOptions output;
    private double copyRate;

    /**
     * @param seconds for each figure, at most
     */
    DeviceRunner(ComputeBackend backend, DeviceMeter meter, double seconds, OutputOptions output) {
        this.backend = backend;
        this.meter = meter;
        this.limit = Duration.ofMillis(Math.max(1, Math.round(1000 * seconds)));
        this.output = output;
    }

    /** Prints a row; a case that the device has no memory for is left out, with the numbers. */
    void measure(Case size, StepPlan plan) {
        output.note("measuring %s on %s".formatted(size, backend.name()));
        long stateBytes = plan.layout().bytes();
        if (!fits(size, plan)) {
            return;
        }
        try {
            if (copyRate == 0) {
                copyRate = meter.copyRate(COPIED_BYTES);
            }
            double seconds = seconds(backend, plan, size.streams(), size.resident(), limit);
            DeviceMeter.BatchTimes times = meter.times(plan, size.streams(), size.resident());
            DeviceMeasured measured =
                    DeviceMeasured.of(
                            size,
                            backend.name(),
                            stateBytes,
                            copyRate,
                            seconds,
                            times.kernels(),
                            times.transfers());
            output.result(measured, measured.text());
        } catch (KernelException e) {
            output.note(size + " is left out: " + e.getMessage());
        }
    }

    private boolean fits(Case size, StepPlan plan) {
        boolean fits = (long) plan.layout().floats() * size.resident() <= Integer.MAX_VALUE - 8;
        if (!fits) {
            output.note(size + " is left out: a table holds at most 2^31 floats");
        }
        return fits;
    }

    /** Prints from what batch on the device is quicker than the best backend of the CPU. */
    void crossover(String kernel, StepPlan plan) {
        ComputeBackend host = host();
        output.note("measuring " + kernel + " against " + host.name());
        Integer found = null;
        int largest = 0;
        for (int streams = 1; streams <= LARGEST_BATCH && found == null; streams *= 4) {
            try {
                double device = seconds(backend, plan, streams, streams, LONGEST_CROSSOVER_TRIAL);
                double cpu = seconds(host, plan, streams, streams, LONGEST_CROSSOVER_TRIAL);
                found = device < cpu ? streams : null;
                largest = streams;
            } catch (KernelException e) {
                output.note(streams + " streams are left out: " + e.getMessage());
                break;
            }
        }
        Crossover crossover = new Crossover(kernel, backend.name(), host.name(), largest, found);
        output.result(crossover, crossover.text());
    }

    private static ComputeBackend host() {
        return BackendSelector.load(DeviceRunner.class.getClassLoader()).backends().stream()
                .filter(each -> !each.isAccelerator())
                .filter(each -> each.availability() instanceof Availability.Available)
                .findFirst()
                .orElseThrow();
    }

    private static double seconds(
            ComputeBackend backend, StepPlan plan, int streams, int resident, Duration limit) {
        try (StepKernel kernel = backend.prepare(plan, streams, streams);
                StateTable table = kernel.newTable(resident)) {
            return new BatchTrial(kernel, table, plan, streams).seconds(limit);
        }
    }
}
