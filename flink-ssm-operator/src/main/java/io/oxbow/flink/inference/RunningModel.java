package io.oxbow.flink.inference;

import io.oxbow.flink.batch.BatchPipeline;
import io.oxbow.flink.event.StreamSignal;
import io.oxbow.flink.state.ResidentStates;
import io.oxbow.model.SsmModel;
import io.oxbow.model.TimeMode;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.streaming.api.operators.Output;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * What the operator has of the model it runs, beside the states.
 *
 * @param check what the model can take
 * @param batches what runs it
 * @param foresight what it expects
 * @param stepsInEventTime whether the gap between two events enters the state
 */
record RunningModel(
        InputCheck check,
        InferenceBatches batches,
        ForesightReader foresight,
        boolean stepsInEventTime) {

    /**
     * @param pipeline of the model's kernel; closed with the batches
     * @param states of the model
     */
    static RunningModel of(
            SsmModel model,
            BatchPipeline pipeline,
            InferenceSettings settings,
            ResidentStates<?> states,
            InferenceMetrics metrics,
            Output<StreamRecord<StreamSignal>> output,
            MailboxExecutor mailbox) {
        InferenceReader reader = new InferenceReader(model.plan().outputs(), settings);
        return new RunningModel(
                new InputCheck(model, settings.maxAhead()),
                new InferenceBatches(pipeline, states, reader, metrics, output, mailbox),
                new ForesightReader(model, states),
                model.timeMode() == TimeMode.EVENT_TIME);
    }
}
