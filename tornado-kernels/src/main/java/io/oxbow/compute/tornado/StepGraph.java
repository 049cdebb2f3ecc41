package io.oxbow.compute.tornado;

import io.oxbow.plan.DenseRecurrence;
import io.oxbow.plan.Linear;
import io.oxbow.plan.OutputLayout;
import io.oxbow.plan.Register;
import io.oxbow.plan.StepOp;
import io.oxbow.plan.StepPlan;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * Draws a plan as a task graph, a task an operation and one a field of the output.
 *
 * <pre>
 *   host, every run         sizes, offsets, slots, tokens
 *                              |
 *   device, kept            [op 0] -> [op 1] -> ... -> [field 0] [field 1] ...
 *     states, weights,         |         |                 |
 *     registers             states advance in place        |
 *                                                          v
 *   host, every run                                     outputs
 * </pre>
 */
final class StepGraph {
    private final String name;
    private final StepPlan plan;
    private final DeviceBatch batch;
    private final FloatArray states;
    private final Launches launches;
    private final FloatArray[] registers;
    private final FloatArray outputs;
    private final TaskGraph graph;

    /**
     * @param statesOwner name of the task graph that keeps {@code states} on the device
     */
    StepGraph(
            String name,
            StepPlan plan,
            int maxTokens,
            DeviceBatch batch,
            FloatArray states,
            String statesOwner,
            Launches launches) {
        this.name = name;
        this.plan = plan;
        this.batch = batch;
        this.states = states;
        this.launches = launches;
        this.registers = new FloatArray[plan.registers().size()];
        this.outputs = new FloatArray(Math.multiplyExact(plan.outputs().width(), maxTokens));
        this.graph =
                new TaskGraph(name)
                        .consumeFromDevice(statesOwner, states)
                        .transferToDevice(
                                DataTransferMode.EVERY_EXECUTION,
                                batch.sizes(),
                                batch.offsets(),
                                batch.slots(),
                                batch.tokens());
        registers[0] = batch.tokens();
        for (Register register : plan.registers().subList(1, registers.length)) {
            registers[register.index()] =
                    keep(new FloatArray(Math.multiplyExact(register.width(), maxTokens)));
        }
        keep(outputs);
        int index = 0;
        for (StepOp op : plan.ops()) {
            add("op" + index++, op);
        }
        for (OutputLayout.Field field : plan.outputs().fields()) {
            add("field" + index++, field);
        }
        graph.transferToHost(DataTransferMode.EVERY_EXECUTION, outputs);
    }

    /** Whether there is a kernel for {@code op}. */
    static boolean knows(StepOp op) {
        return op instanceof Linear || op instanceof DenseRecurrence;
    }

    TaskGraph graph() {
        return graph;
    }

    /** (maxTokens, outputs.width), on the host after a run. */
    FloatArray outputs() {
        return outputs;
    }

    private void add(String task, StepOp op) {
        if (op instanceof Linear linear) {
            add(task, linear);
        } else if (op instanceof DenseRecurrence recurrence) {
            add(task, recurrence);
        }
    }

    private void add(String task, Linear op) {
        int inDim = op.in().width();
        int outDim = op.out().width();
        FloatArray bias = new FloatArray(outDim);
        if (op.bias() != null) {
            DeviceBatch.copy(op.bias(), outDim, bias);
        }
        launches.perToken(name, task, outDim);
        graph.task(
                task,
                DeviceKernels::linear,
                launches.context(),
                batch.sizes(),
                registers[op.in().index()],
                registers[op.out().index()],
                keep(transposed(op.weight(), outDim, inDim)),
                keep(bias),
                inDim,
                outDim);
    }

    private void add(String task, DenseRecurrence op) {
        launches.perStream(name, task, op.in().width());
        graph.task(
                task,
                DeviceKernels::denseRecurrence,
                launches.context(),
                batch.sizes(),
                batch.offsets(),
                batch.slots(),
                registers[op.in().index()],
                registers[op.out().index()],
                states,
                keep(FloatArray.fromArray(op.a())),
                keep(FloatArray.fromArray(op.b())),
                op.in().width(),
                op.order(),
                plan.layout().floats(),
                op.memory().offset());
    }

    private void add(String task, OutputLayout.Field field) {
        launches.perToken(name, task, field.width());
        graph.task(
                task,
                DeviceKernels::field,
                launches.context(),
                batch.sizes(),
                registers[field.register().index()],
                outputs,
                field.width(),
                field.offset(),
                plan.outputs().width());
    }

    /** Uploads {@code array} once and leaves it on the device. */
    private FloatArray keep(FloatArray array) {
        graph.transferToDevice(DataTransferMode.FIRST_EXECUTION, array);
        return array;
    }

    private static FloatArray transposed(float[] weight, int rows, int columns) {
        FloatArray turned = new FloatArray(weight.length);
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < columns; c++) {
                turned.set(c * rows + r, weight[r * columns + c]);
            }
        }
        return turned;
    }
}
