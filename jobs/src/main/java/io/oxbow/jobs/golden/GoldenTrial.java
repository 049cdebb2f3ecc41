package io.oxbow.jobs.golden;

import io.oxbow.model.SsmModel;
import java.util.List;

/**
 * A model, what it is fed and what must come out.
 *
 * @param reading options that decide what its config leaves open, or null for none
 * @param inputs (streams, steps, inputDim)
 * @param middle steps after which the state is taken out and put back; at least 1, below steps
 * @param states what the states must be, and when
 */
record GoldenTrial(
        SsmModel model,
        String reading,
        float[] inputs,
        int streams,
        int steps,
        int middle,
        List<Output> outputs,
        List<State> states) {

    /**
     * Reference outputs.
     *
     * @param field name in the model's output layout
     * @param values (streams, steps, width), or (streams, width) for the last step only
     */
    record Output(String field, double[] values) {}

    /**
     * A reference state.
     *
     * @param name the segment of ours
     * @param step steps after which it holds
     * @param values (streams, elements)
     */
    record State(String name, int step, double[] values) {}
}
