package io.oxbow.kafka;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecordBase;

/**
 * Reads events of any type and any known version from the bytes {@link EventEncoder} writes.
 *
 * <p>Whatever the bytes are, the outcome is an event or an {@link EventDecodingException}, and no
 * more memory is taken than the bytes themselves justify. A registry that is away is an {@link
 * java.io.UncheckedIOException}: the event is not to blame. The byte buffers of a decoded event are
 * views of the given bytes, which must not change afterwards. Not thread-safe.
 */
public final class EventDecoder {
    private record Reader(EventType<?> type, SpecificDatumReader<SpecificRecordBase> reader) {}

    private final SchemaSource schemas;
    private final Map<Integer, Reader> readers = new HashMap<>();
    private final BoundedDecoder decoder = new BoundedDecoder();

    public EventDecoder(SchemaSource schemas) {
        this.schemas = schemas;
    }

    /** A decoder of the bundled schemas. */
    public EventDecoder() {
        this(SchemaSource.bundled());
    }

    /**
     * The event of that type.
     *
     * @throws EventDecodingException if the bytes are anything else
     */
    public <R extends SpecificRecordBase> R decode(EventType<R> type, byte[] bytes)
            throws EventDecodingException {
        SpecificRecordBase event = decode(bytes);
        if (!type.recordClass().isInstance(event)) {
            throw new EventDecodingException(
                    "This is an event of type "
                            + event.getSchema().getName()
                            + ", not "
                            + type.schema().getName()
                            + ".");
        }
        return type.recordClass().cast(event);
    }

    /**
     * The event, of whatever type its schema id says.
     *
     * @throws EventDecodingException if the bytes are no event
     */
    public SpecificRecordBase decode(byte[] bytes) throws EventDecodingException {
        Reader reader = reader(schemaId(bytes));
        decoder.reset(bytes, EventEncoder.HEADER_LENGTH);
        SpecificRecordBase event;
        try {
            event = reader.reader.read(null, decoder);
        } catch (EventDecodingException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            // Avro reports an impossible union branch or enum symbol with unchecked exceptions.
            throw new EventDecodingException(
                    "The bytes are no valid "
                            + reader.type.schema().getName()
                            + ": "
                            + e.getMessage(),
                    e);
        }
        if (decoder.remaining() > 0) {
            throw new EventDecodingException(
                    decoder.remaining()
                            + " bytes follow the end of the "
                            + reader.type.schema().getName()
                            + ".");
        }
        return event;
    }

    private static int schemaId(byte[] bytes) throws EventDecodingException {
        if (bytes == null || bytes.length == 0) {
            throw new EventDecodingException("The record is empty.");
        }
        if (bytes[0] != EventEncoder.MAGIC) {
            throw new EventDecodingException(
                    "An event begins with a zero byte, this record with "
                            + (bytes[0] & 0xFF)
                            + ".");
        }
        if (bytes.length < EventEncoder.HEADER_LENGTH) {
            throw new EventDecodingException(
                    "The record ends after " + bytes.length + " bytes, within its schema id.");
        }
        return (bytes[1] & 0xFF) << 24
                | (bytes[2] & 0xFF) << 16
                | (bytes[3] & 0xFF) << 8
                | bytes[4] & 0xFF;
    }

    private Reader reader(int schemaId) throws EventDecodingException {
        Reader known = readers.get(schemaId);
        if (known != null) {
            return known;
        }
        Schema written = schemas.find(schemaId);
        if (written == null) {
            throw new EventDecodingException(
                    "No schema has the id " + Integer.toUnsignedString(schemaId) + ".");
        }
        EventType<?> type = EventTypes.of(written);
        if (type == null) {
            throw new EventDecodingException(
                    "The schema " + written.getFullName() + " describes no event of Oxbow.");
        }
        Reader reader = reader(type, written);
        readers.put(schemaId, reader);
        return reader;
    }

    private static Reader reader(EventType<?> type, Schema written) {
        SpecificDatumReader<SpecificRecordBase> reader =
                new SpecificDatumReader<>(
                        SchemaRenames.undo(written, type.schema()),
                        type.schema(),
                        GeneratedCode.data());
        return new Reader(type, reader);
    }
}
