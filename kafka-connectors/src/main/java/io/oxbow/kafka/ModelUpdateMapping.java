package io.oxbow.kafka;

import io.oxbow.flink.event.ModelUpdate;
import io.oxbow.flink.event.Origin;

/** Updates of the model. */
final class ModelUpdateMapping
        implements EventMapping<ModelUpdate, io.oxbow.kafka.event.ModelUpdate> {
    private static final long serialVersionUID = 1L;

    @Override
    public EventType<io.oxbow.kafka.event.ModelUpdate> type() {
        return EventTypes.MODEL_UPDATE;
    }

    @Override
    public io.oxbow.kafka.event.ModelUpdate toRecord(ModelUpdate value) {
        return new io.oxbow.kafka.event.ModelUpdate(
                value.modelId(), value.version(), value.uri(), value.sha256(), value.eventTime());
    }

    @Override
    public ModelUpdate toValue(io.oxbow.kafka.event.ModelUpdate record) {
        return toValue(record, Origin.NONE);
    }

    static ModelUpdate toValue(io.oxbow.kafka.event.ModelUpdate record, Origin origin) {
        return new ModelUpdate(
                record.getModelId(),
                record.getVersion(),
                record.getUri(),
                record.getSha256(),
                record.getEventTime(),
                origin);
    }
}
