package io.oxbow.kafka;

import io.oxbow.flink.event.Inference;

/** What the model says of events. */
final class InferenceMapping implements EventMapping<Inference, io.oxbow.kafka.event.Inference> {
    private static final long serialVersionUID = 1L;

    @Override
    public EventType<io.oxbow.kafka.event.Inference> type() {
        return EventTypes.INFERENCE;
    }

    @Override
    public io.oxbow.kafka.event.Inference toRecord(Inference value) {
        return new io.oxbow.kafka.event.Inference(
                value.streamId(),
                value.epoch(),
                value.seq(),
                value.eventTime(),
                value.ingestTime(),
                value.encoderHash(),
                value.stateVersion(),
                EventParts.health(value.health()),
                value.activity(),
                value.score(),
                value.pValue(),
                Vectors.bytes(value.values()),
                Vectors.bytes(value.forecast()),
                Vectors.bytes(value.attribution()),
                Vectors.bytes(value.embedding()),
                Vectors.bytes(value.head()),
                Vectors.bytes(value.evidence()));
    }

    @Override
    public Inference toValue(io.oxbow.kafka.event.Inference record) throws EventDecodingException {
        return new Inference(
                record.getStreamId(),
                record.getEpoch(),
                record.getSeq(),
                record.getEventTime(),
                record.getIngestTime(),
                record.getEncoderHash(),
                record.getStateVersion(),
                EventParts.health(record.getHealth()),
                record.getActivity(),
                record.getScore(),
                record.getPValue(),
                Vectors.floats(record.getValues()),
                Vectors.floats(record.getForecast()),
                Vectors.floats(record.getAttribution()),
                Vectors.floats(record.getEmbedding()),
                Vectors.floats(record.getHead()),
                Vectors.floats(record.getEvidence()));
    }
}
