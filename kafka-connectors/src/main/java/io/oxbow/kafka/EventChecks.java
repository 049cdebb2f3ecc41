package io.oxbow.kafka;

import io.oxbow.flink.event.MaxAhead;
import io.oxbow.flink.event.Observation;
import io.oxbow.flink.event.Query;
import io.oxbow.flink.event.Recording;

/** What must hold of an event before it is given a key and reaches an operator. */
final class EventChecks {
    /** The year 10000: a later time is damage, and would push the watermark past every stream. */
    static final long END_OF_TIME = 253_402_300_800_000L;

    private EventChecks() {}

    /** Before a record is read; it may be empty or absent. */
    static void checkSize(byte[] value, long most) throws EventDecodingException {
        if (value != null && value.length > most) {
            throw new EventDecodingException(
                    "The record has "
                            + value.length
                            + " bytes; "
                            + KafkaOptions.MAX_EVENT_SIZE.key()
                            + " allows "
                            + most
                            + ".");
        }
    }

    static void check(Observation observation, EventExpectation expectation, MaxAhead maxAhead)
            throws EventDecodingException {
        checkTime(observation.eventTime());
        String tooFarAhead = maxAhead.refusal(observation);
        if (tooFarAhead != null) {
            throw new EventDecodingException("Refused: " + tooFarAhead + ".");
        }
        float[] values = observation.values();
        checkDim(values.length, expectation);
        long encoder = observation.encoderHash();
        if (expectation.encoderHash() != EventExpectation.ANY
                && encoder != EventExpectation.ANY
                && encoder != expectation.encoderHash()) {
            throw new EventDecodingException(
                    String.format(
                            "The vector was made by encoder %016x; the model was made for %016x.",
                            encoder, expectation.encoderHash()));
        }
        for (int i = 0; i < values.length; i++) {
            if (!Float.isFinite(values[i])) {
                throw new EventDecodingException(
                        "Value " + i + " of the vector is " + values[i] + ".");
            }
        }
    }

    /** Of a recording, all but what only its encoder can tell. */
    static void check(Recording recording, EventExpectation expectation, MaxAhead maxAhead)
            throws EventDecodingException {
        checkTime(recording.eventTime());
        String tooFarAhead =
                maxAhead.refusal(recording.encoded(0, new float[0], recording.health()));
        if (tooFarAhead != null) {
            throw new EventDecodingException("Refused: " + tooFarAhead + ".");
        }
        if (recording.kind() == Recording.Kind.READING) {
            checkDim(recording.channels(), expectation);
        }
    }

    private static void checkDim(int dim, EventExpectation expectation)
            throws EventDecodingException {
        if (!expectation.takes(dim)) {
            throw new EventDecodingException(
                    "The vector has "
                            + dim
                            + " values; the model takes "
                            + expectation.inputDim()
                            + (expectation.orFewer() ? " or fewer." : "."));
        }
    }

    static void check(Query query) throws EventDecodingException {
        if (query.queryId().isEmpty()) {
            throw new EventDecodingException("The question has no queryId to answer to.");
        }
        checkTime(query.eventTime());
    }

    private static void checkTime(long eventTime) throws EventDecodingException {
        if (eventTime < 0 || eventTime >= END_OF_TIME) {
            throw new EventDecodingException(
                    "The event time " + eventTime + " lies outside the years 1970 to 9999.");
        }
    }
}
