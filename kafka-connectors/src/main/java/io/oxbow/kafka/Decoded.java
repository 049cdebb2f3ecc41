package io.oxbow.kafka;

import io.oxbow.flink.event.ModelUpdate;
import io.oxbow.flink.event.StreamEvent;
import io.oxbow.kafka.event.DeadLetter;

/**
 * What became of a record, or of a part of it: an event, an update of the model, or a dead letter.
 */
public sealed interface Decoded {

    /** A readable event that may go to the operators. */
    record Accepted(StreamEvent event) implements Decoded {}

    /** A model the job may go over to. */
    record Offered(ModelUpdate update) implements Decoded {}

    /** A record that was refused. */
    record Refused(DeadLetter deadLetter) implements Decoded {}
}
