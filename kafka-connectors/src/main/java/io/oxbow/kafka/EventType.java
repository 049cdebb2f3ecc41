package io.oxbow.kafka;

import java.io.ObjectStreamException;
import java.io.Serializable;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecordBase;

/**
 * One kind of event on Kafka: its schema, the ids of the schema's versions, its topic, and which of
 * its fields make the record's key and identity.
 *
 * <p>The id of a schema is {@code 0x6F78TTVV}: the letters "ox", the type's number, the version. So
 * high a number does not meet the ids that a registry hands out from 1.
 *
 * @param <R> the generated record
 */
public final class EventType<R extends SpecificRecordBase> implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final int ID_PREFIX = 0x6F78 << 16;
    private static final String KEY_FIELD = "streamId";
    private static final String TIME_FIELD = "eventTime";

    private final transient Class<R> recordClass;
    private final String name;
    private final transient int number;
    private final transient int version;
    private final transient Schema schema;
    private final transient int keyPosition;
    private final transient int timePosition;
    private final transient int[] identityPositions;

    /**
     * @param identity names of the fields whose values, joined by slashes, tell events of this type
     *     apart; the first is the key if there is no stream
     */
    EventType(int number, int version, Class<R> recordClass, String name, String identity) {
        this.number = number;
        this.version = version;
        this.recordClass = recordClass;
        this.name = name;
        this.schema = SpecificData.get().getSchema(recordClass);
        String[] fields = identity.split("/");
        this.identityPositions = new int[fields.length];
        for (int i = 0; i < fields.length; i++) {
            identityPositions[i] = position(fields[i]);
        }
        this.keyPosition =
                schema.getField(KEY_FIELD) == null ? identityPositions[0] : position(KEY_FIELD);
        this.timePosition = position(TIME_FIELD);
    }

    /** The last part of its topic's name and of its CloudEvents type, for example features. */
    public String name() {
        return name;
    }

    /** The topic it lies on unless the options say otherwise, for example oxbow.features. */
    public String defaultTopic() {
        return KafkaOptions.TOPIC_PREFIX.defaultValue() + name;
    }

    public Class<R> recordClass() {
        return recordClass;
    }

    /** The schema it is written with. */
    public Schema schema() {
        return schema;
    }

    /** The version of {@link #schema()}, from 1. */
    public int version() {
        return version;
    }

    /** The id that stands before every event written by this release. */
    public int schemaId() {
        return schemaId(version);
    }

    int schemaId(int version) {
        return ID_PREFIX | number << 8 | version;
    }

    /** Where that version of the schema is stored, relative to this class. */
    String schemaResource(int version) {
        return "event/schemas/" + name + "-v" + version + ".avsc";
    }

    /** The stream (for a model: its name) whose key the event's record has; may be empty. */
    String key(R event) {
        return (String) event.get(keyPosition);
    }

    /** Milliseconds since the epoch. */
    long eventTime(R event) {
        return (Long) event.get(timePosition);
    }

    /** The same for the same event, whoever writes it and however often. */
    String identity(R event) {
        StringBuilder identity = new StringBuilder();
        for (int position : identityPositions) {
            if (identity.length() > 0) {
                identity.append('/');
            }
            identity.append(event.get(position));
        }
        return identity.toString();
    }

    @Override
    public String toString() {
        return name;
    }

    private int position(String field) {
        Schema.Field found = schema.getField(field);
        if (found == null) {
            throw new IllegalArgumentException(name + " has no field " + field);
        }
        return found.pos();
    }

    /** There is one instance of each. */
    private Object readResolve() throws ObjectStreamException {
        return EventTypes.named(name);
    }
}
