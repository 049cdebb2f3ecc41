package io.oxbow.kafka;

import io.oxbow.flink.event.StreamEvent;
import io.oxbow.kafka.event.DeadLetter;

/** What became of a record, or of a part of it: an event, or a dead letter. */
public sealed interface Decoded {

    /** A readable event that may go to the operators. */
    record Accepted(StreamEvent event) implements Decoded {}

    /** A record that was refused. */
    record Refused(DeadLetter deadLetter) implements Decoded {}
}
