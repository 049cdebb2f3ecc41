package io.oxbow.compute.tornado;

import io.oxbow.compute.Availability;
import io.oxbow.compute.DeviceShare;
import io.oxbow.compute.KernelException;
import io.oxbow.compute.OutputBatch;
import io.oxbow.compute.StateTable;
import io.oxbow.compute.TokenBatch;
import io.oxbow.plan.DenseRecurrence;
import io.oxbow.plan.OutputLayout;
import io.oxbow.plan.Register;
import io.oxbow.plan.StepPlan;
import uk.ac.manchester.tornado.api.exceptions.TornadoInternalError;

/** Proves a device by running a counter on it: two tokens of one, {@code m <- m + u}. */
final class DeviceProbe {

    private DeviceProbe() {}

    /** Whether the devices are the CPU that runs this too. */
    static boolean isCpu() {
        return Device.at(0).isCpu();
    }

    static Availability run() {
        try {
            return count();
        } catch (TornadoInternalError e) {
            throw new KernelException(Device.reason(e), e);
        }
    }

    private static Availability count() {
        Device device = Device.at(0);
        String name = device.name();
        if (!device.has64BitArithmetic()) {
            return new Availability.Unavailable(
                    "the device '" + name + "' has no 64-bit arithmetic, which the kernels need",
                    null);
        }
        StepPlan.Builder builder = StepPlan.builder(1);
        Register count = builder.register("count", 1);
        var memory = builder.state().f32("memory", 1, 1);
        builder.add(
                new DenseRecurrence(
                        builder.input(), count, memory, new float[] {1}, new float[] {1}));
        StepPlan plan = builder.build(OutputLayout.builder().add("count", count).build());
        TokenBatch batch = new TokenBatch(1, 2, 1);
        batch.tokens()[0] = 1;
        batch.tokens()[1] = 1;
        batch.offsets()[1] = 2;
        batch.size(2, 1);
        OutputBatch outputs = new OutputBatch(plan.outputs(), 2);
        try (var kernel = new TornadoStepKernel(plan, 2, 1, DeviceShare.FIRST);
                StateTable table = kernel.newTable(1)) {
            table.initRows(new int[] {0}, 1);
            kernel.run(batch, table, outputs);
        }
        if (outputs.values()[1] != 2) {
            return new Availability.Unavailable(
                    "a trial kernel counted to " + outputs.values()[1] + " instead of 2", null);
        }
        return new Availability.Available(
                Device.count() > 1 ? Device.count() + " devices, the first " + name : name);
    }
}
