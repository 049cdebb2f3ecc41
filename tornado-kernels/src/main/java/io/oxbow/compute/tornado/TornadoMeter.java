package io.oxbow.compute.tornado;

import io.oxbow.compute.BatchTrial;
import io.oxbow.compute.DeviceMeter;
import io.oxbow.compute.DeviceShare;
import io.oxbow.compute.KernelException;
import io.oxbow.plan.StepPlan;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.enums.ProfilerMode;
import uk.ac.manchester.tornado.api.exceptions.TornadoExecutionPlanException;
import uk.ac.manchester.tornado.api.exceptions.TornadoInternalError;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** Times by the device's own events, which TornadoVM's profiler reads. */
final class TornadoMeter implements DeviceMeter {
    private static final int COPIES = 8;
    private static final int RUNS = 8;

    /** Large, so that a GPU is not busy with starting groups. */
    private static final int COPY_GROUP = 256;

    @Override
    public double copyRate(long bytes) {
        Device device = Device.at(0);
        double[] rate = new double[1];
        device.runAlone(
                () -> {
                    try (DeviceMemory memory = device.memory(0)) {
                        FloatArray from = memory.floats(bytes / Float.BYTES);
                        FloatArray to = memory.floats(bytes / Float.BYTES);
                        double moved = COPIES * 2.0 * Float.BYTES * from.getSize();
                        rate[0] = moved / copySeconds(from, to);
                    }
                });
        return rate[0];
    }

    /** Of {@link #COPIES} copies to and fro, the fastest of some runs. */
    private static double copySeconds(FloatArray from, FloatArray to) {
        Launches launches = new Launches();
        String name = TornadoStateTable.newName() + "copy";
        TaskGraph graph =
                new TaskGraph(name).transferToDevice(DataTransferMode.FIRST_EXECUTION, from, to);
        int quarter = from.getSize() / 4;
        for (int i = 0; i < COPIES; i++) {
            launches.fixed(name, "copy" + i, quarter, COPY_GROUP);
            graph.task(
                    "copy" + i,
                    DeviceRows::copy,
                    launches.context(),
                    i % 2 == 0 ? from : to,
                    i % 2 == 0 ? to : from,
                    quarter);
        }
        graph.transferToHost(DataTransferMode.UNDER_DEMAND, to);
        long best = Long.MAX_VALUE;
        try (TornadoExecutionPlan plan = new TornadoExecutionPlan(graph.snapshot())) {
            plan.withGridScheduler(launches.scheduler()).withProfiler(ProfilerMode.SILENT);
            for (int run = 0; run < RUNS; run++) {
                long nanos = plan.execute().getProfilerResult().getDeviceKernelTime();
                best = Math.min(best, nanos);
            }
        } catch (TornadoExecutionPlanException | RuntimeException | TornadoInternalError e) {
            throw new KernelException("the device failed: " + Device.reason(e), e);
        }
        return 1e-9 * best;
    }

    @Override
    public BatchTimes times(StepPlan plan, int streams, int resident) {
        RunProfile profile = new RunProfile();
        try (TornadoStepKernel kernel =
                        new TornadoStepKernel(plan, streams, streams, DeviceShare.FIRST);
                TornadoStateTable table = kernel.newTable(resident, profile)) {
            BatchTrial trial = new BatchTrial(kernel, table, plan, streams);
            trial.run();
            long kernels = profile.kernelNanos();
            long transfers = profile.transferNanos();
            for (int run = 0; run < RUNS; run++) {
                trial.run();
            }
            return new BatchTimes(
                    1e-9 * (profile.kernelNanos() - kernels) / RUNS,
                    1e-9 * (profile.transferNanos() - transfers) / RUNS);
        }
    }
}
