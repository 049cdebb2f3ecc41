package io.oxbow.jobs.ask;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.oxbow.flink.event.Answer;
import io.oxbow.kafka.EventDecodingException;
import io.oxbow.kafka.EventMappings;

/**
 * An answer as printed: its content, what it cost, and how long it took. As JSON it is one object,
 * the answer's fields first.
 */
record Reply(
        @JsonUnwrapped @JsonIgnoreProperties("replyTo") Answer answer,
        long framesReRead,
        long latencyMillis) {

    static Reply of(io.oxbow.kafka.event.Answer record, long latencyMillis)
            throws EventDecodingException {
        return new Reply(
                EventMappings.ANSWER.toValue(record), record.getFramesReRead(), latencyMillis);
    }
}
