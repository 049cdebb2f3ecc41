package io.oxbow.compute.tornado;

import io.oxbow.compute.DeviceShare;
import io.oxbow.compute.KernelException;
import io.oxbow.compute.OutputBatch;
import io.oxbow.compute.StateTable;
import io.oxbow.compute.StepKernel;
import io.oxbow.compute.TokenBatch;
import io.oxbow.plan.StepOp;
import io.oxbow.plan.StepPlan;

/**
 * A plan for the device. The compiled task graphs live with each table, which they are bound to.
 */
final class TornadoStepKernel implements StepKernel {
    private final StepPlan plan;
    private final int maxTokens;
    private final int maxStreams;
    private final Device device;
    private final long deviceBytes;

    /**
     * @throws KernelException if an operation has no kernel, or there is less memory
     */
    TornadoStepKernel(StepPlan plan, int maxTokens, int maxStreams, DeviceShare share) {
        for (StepOp op : plan.ops()) {
            if (DeviceOps.find(op).isEmpty()) {
                throw new KernelException(
                        "compute backend 'tornado' has no kernel for "
                                + op.describe()
                                + "; use the backend 'vector' or 'scalar' for this model");
            }
        }
        this.device = Device.at(share.device());
        this.deviceBytes = share.bytes();
        device.memory(deviceBytes).close();
        this.plan = plan;
        this.maxTokens = maxTokens;
        this.maxStreams = maxStreams;
    }

    @Override
    public StateTable newTable(int capacity) {
        return newTable(capacity, null);
    }

    /**
     * @param profile null, or what takes down the costs of each run
     */
    TornadoStateTable newTable(int capacity, RunProfile profile) {
        DeviceMemory memory = device.memory(deviceBytes);
        try {
            return new TornadoStateTable(
                    plan, capacity, maxTokens, maxStreams, device, memory, profile);
        } catch (RuntimeException e) {
            memory.close();
            throw e;
        }
    }

    @Override
    public void run(TokenBatch batch, StateTable table, OutputBatch outputs) {
        if (!(table instanceof TornadoStateTable device) || !table.layout().equals(plan.layout())) {
            throw new IllegalArgumentException("the table was not made by this kernel");
        }
        device.run(batch, outputs);
    }

    @Override
    public boolean runsElsewhere() {
        return true;
    }

    @Override
    public void close() {}
}
