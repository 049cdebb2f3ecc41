package io.oxbow.compute.tornado;

import io.oxbow.plan.OutputLayout;
import io.oxbow.plan.StepOp;
import io.oxbow.plan.StepPlan;
import java.util.List;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * Draws a plan as task graphs, a deep one as several that run one after the other: one or more
 * tasks an operation and one a field of the output.
 *
 * <pre>
 *   host, every run         sizes, offsets, slots, tokens, ...
 *                              |
 *   device, kept            [op 0] -> [op 1] -> ... -> [field 0] [field 1] ...
 *     states, weights,         |         |                 |
 *     registers             states advance in place        |
 *                                                          v
 *   host, every run                                     outputs
 * </pre>
 */
final class StepGraph {
    private final DeviceFrame frame;
    private final FloatArray outputs;
    private final List<TaskGraph> graphs;

    /**
     * @param owner the task graph that keeps {@code states} on the device
     */
    StepGraph(
            String name,
            StepPlan plan,
            int maxTokens,
            int maxStreams,
            DeviceBatch batch,
            DeviceStates states,
            TaskGraph owner,
            DeviceMemory memory,
            Launches launches) {
        this.frame =
                new DeviceFrame(
                        name, owner, plan, batch, states, memory, launches, maxTokens, maxStreams);
        for (StepOp op : plan.ops()) {
            frame.makeRoom();
            DeviceOps.find(op).orElseThrow().draw(frame);
        }
        frame.makeRoom();
        this.outputs = frame.scratchFloats((long) plan.outputs().width() * maxTokens);
        for (OutputLayout.Field field : plan.outputs().fields()) {
            add(field, plan.outputs().width());
        }
        frame.graph().transferToHost(DataTransferMode.EVERY_EXECUTION, outputs);
        this.graphs = frame.finish();
    }

    private void add(OutputLayout.Field field, int stride) {
        frame.graph()
                .task(
                        frame.perToken("field", field.width()),
                        DeviceRows::field,
                        frame.context(),
                        frame.sizes(),
                        frame.values(field.register()),
                        outputs,
                        field.width(),
                        field.offset(),
                        stride);
    }

    /** In the order they have to run in. */
    List<TaskGraph> graphs() {
        return graphs;
    }

    /** What has to be on the device before a run, in event time. */
    List<GapTables> gapTables() {
        return frame.gapTables().stream().filter(GapTables::travels).toList();
    }

    /** (maxTokens, outputs.width), on the host after a run. */
    FloatArray outputs() {
        return outputs;
    }
}
