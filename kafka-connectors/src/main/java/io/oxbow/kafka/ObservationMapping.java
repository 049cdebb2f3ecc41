package io.oxbow.kafka;

import io.oxbow.flink.event.Observation;
import io.oxbow.flink.event.Origin;
import io.oxbow.kafka.event.ClockSource;
import io.oxbow.kafka.event.ElementType;
import io.oxbow.kafka.event.Features;

/** Feature vectors. What only the wire knows (encoder's name, clock) is not kept in the value. */
final class ObservationMapping implements EventMapping<Observation, Features> {
    private static final long serialVersionUID = 1L;

    @Override
    public EventType<Features> type() {
        return EventTypes.FEATURES;
    }

    @Override
    public Features toRecord(Observation value) {
        return new Features(
                value.streamId(),
                value.epoch(),
                value.seq(),
                value.eventTime(),
                ClockSource.UNKNOWN,
                value.ingestTime(),
                "",
                value.encoderHash(),
                value.values().length,
                ElementType.F32,
                Vectors.bytes(value.values()),
                EventParts.health(value.health()));
    }

    @Override
    public Observation toValue(Features record) throws EventDecodingException {
        return toValue(record, Origin.NONE);
    }

    static Observation toValue(Features record, Origin origin) throws EventDecodingException {
        int dim = record.getDim();
        ElementType type = record.getDtype();
        long length = record.getVector().remaining();
        if (dim < 1 || length != (long) dim * Vectors.size(type)) {
            throw new EventDecodingException(
                    "The vector has "
                            + length
                            + " bytes, which is not "
                            + dim
                            + " numbers of "
                            + type
                            + ".");
        }
        return new Observation(
                record.getStreamId(),
                record.getEpoch(),
                record.getSeq(),
                record.getEventTime(),
                record.getIngestTime(),
                record.getEncoderHash(),
                Vectors.floats(type, dim, record.getVector()),
                EventParts.health(record.getHealth()),
                origin);
    }
}
