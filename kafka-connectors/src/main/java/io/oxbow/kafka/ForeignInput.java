package io.oxbow.kafka;

import io.oxbow.flink.event.Origin;
import io.oxbow.flink.event.StreamEvent;
import java.io.Serializable;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A kind of record that other programs write, and that a job reads as it is. */
interface ForeignInput extends Serializable {

    /** Its name among the inputs; with the prefix, that of its topic. */
    String name();

    /**
     * The event in a record, not yet checked.
     *
     * @throws EventDecodingException if the record is no such thing
     */
    StreamEvent read(ConsumerRecord<byte[], byte[]> record, Origin origin)
            throws EventDecodingException;

    /** Makes one. */
    @FunctionalInterface
    interface Maker {
        ForeignInput make(ReadableConfig config);
    }
}
