package io.oxbow.flink.event;

import org.apache.flink.api.common.typeinfo.TypeInfo;

/**
 * What the model says of one event. Arrays are empty when the model or the options leave them out;
 * treat them as immutable.
 *
 * @param encoderHash identity of the encoder that made the values, 0 if not stated
 * @param stateVersion events this stream's state has absorbed, this one included
 * @param activity how much is going on, in the units of the activity channel
 * @param score anomaly score in [0, 1]
 * @param pValue probability of a score at least this high on an unchanged stream; NaN while the
 *     model is warming up
 * @param forecast (inputDim) what was expected of this event before it was seen
 * @param attribution (inputDim) signed surprise per channel, standard deviations of its own error
 * @param embedding (hiddenDim)
 * @param head logits or regression outputs
 * @param evidence (2, {@link io.oxbow.plan.EvidenceKind}s): the decimal digits of each kind, then
 *     the channel each was strongest in; of unusual events only
 */
@TypeInfo(EventTypeInfoFactory.class)
public record Inference(
        String streamId,
        long epoch,
        long seq,
        long eventTime,
        long ingestTime,
        long encoderHash,
        long stateVersion,
        Health health,
        float activity,
        float score,
        float pValue,
        float[] values,
        float[] forecast,
        float[] attribution,
        float[] embedding,
        float[] head,
        float[] evidence)
        implements StreamSignal {

    /** The kind of evidence that has the most digits, or -1 if the event carries none. */
    public int leadingEvidence() {
        int leading = -1;
        for (int kind = 0; kind < evidence.length / 2; kind++) {
            if (evidence[kind] > (leading < 0 ? 0 : evidence[leading])) {
                leading = kind;
            }
        }
        return leading;
    }

    /** Where evidence of {@code kind} was strongest. */
    public int evidenceChannel(int kind) {
        return (int) evidence[evidence.length / 2 + kind];
    }
}
