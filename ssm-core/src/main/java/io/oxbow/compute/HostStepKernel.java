package io.oxbow.compute;

import io.oxbow.plan.OutputLayout;
import io.oxbow.plan.Register;
import io.oxbow.plan.StepOp;
import io.oxbow.plan.StepPlan;
import java.util.List;
import java.util.function.Function;

/**
 * Runs a plan on the CPU, operation after operation, each over the whole batch. What an operation
 * does inside is the backend's choice.
 */
public final class HostStepKernel implements StepKernel {
    private final StepPlan plan;
    private final OpKernel[] kernels;
    private final KernelFrame frame;

    /**
     * @param compile the backend's kernel for an operation
     */
    public HostStepKernel(StepPlan plan, int maxTokens, Function<StepOp, OpKernel> compile) {
        this.plan = plan;
        this.kernels = plan.ops().stream().map(compile).toArray(OpKernel[]::new);
        List<Register> registers = plan.registers();
        float[][] values = new float[registers.size()][];
        for (int i = 1; i < values.length; i++) {
            values[i] = new float[Math.multiplyExact(registers.get(i).width(), maxTokens)];
        }
        this.frame = new KernelFrame(values);
    }

    @Override
    public HostStateTable newTable(int capacity) {
        return new HostStateTable(plan.initial(), capacity);
    }

    @Override
    public void run(TokenBatch batch, StateTable table, OutputBatch outputs) {
        if (!(table instanceof HostStateTable host) || !table.layout().equals(plan.layout())) {
            throw new IllegalArgumentException("the table was not made by this kernel");
        }
        frame.bind(batch, host.rows());
        for (OpKernel kernel : kernels) {
            kernel.run(frame);
        }
        copyOutputs(batch.tokenCount(), outputs.values());
    }

    private void copyOutputs(int tokens, float[] out) {
        int stride = plan.outputs().width();
        for (OutputLayout.Field field : plan.outputs().fields()) {
            float[] values = frame.values(field.register());
            int width = field.width();
            int offset = field.offset();
            for (int t = 0; t < tokens; t++) {
                System.arraycopy(values, t * width, out, t * stride + offset, width);
            }
        }
    }

    @Override
    public void close() {}
}
