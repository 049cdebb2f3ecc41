package io.oxbow.kafka;

import java.io.Serializable;
import org.apache.avro.specific.SpecificRecordBase;

/**
 * How a value of the operators is written as an event on Kafka and read back. Stateless.
 *
 * @param <V> the value
 * @param <R> the generated record
 */
public interface EventMapping<V, R extends SpecificRecordBase> extends Serializable {

    EventType<R> type();

    R toRecord(V value);

    /**
     * @throws EventDecodingException if the record holds what the value cannot
     */
    V toValue(R record) throws EventDecodingException;

    /** The topic this value asks for, or empty for the topic of its type. */
    default String requestedTopic(V value) {
        return "";
    }
}
