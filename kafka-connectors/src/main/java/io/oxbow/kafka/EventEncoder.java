package io.oxbow.kafka;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecordBase;

/**
 * Writes events of one type as bytes: a zero byte, the schema's id (big-endian, 4 bytes), the Avro
 * binary form. Equal events give equal bytes. Not thread-safe.
 *
 * @param <R> the generated record
 */
public final class EventEncoder<R extends SpecificRecordBase> {
    static final byte MAGIC = 0;
    static final int HEADER_LENGTH = 5;

    /** Writes maps in the order of their keys, which the generated code would not do. */
    private static final class SortingWriter<R> extends SpecificDatumWriter<R> {
        SortingWriter(Class<R> recordClass) {
            super(recordClass);
        }

        @Override
        @SuppressWarnings("unchecked")
        protected Iterable<Map.Entry<Object, Object>> getMapEntries(Object map) {
            return new TreeMap<>((Map<Object, Object>) map).entrySet();
        }
    }

    private final EventType<R> type;
    private final SpecificDatumWriter<R> writer;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    private BinaryEncoder encoder;

    public EventEncoder(EventType<R> type) {
        this.type = type;
        this.writer =
                holdsMap(type.schema())
                        ? new SortingWriter<>(type.recordClass())
                        : new SpecificDatumWriter<>(type.schema(), GeneratedCode.data());
    }

    private static boolean holdsMap(Schema schema) {
        return switch (schema.getType()) {
            case MAP -> true;
            case ARRAY -> holdsMap(schema.getElementType());
            case UNION -> schema.getTypes().stream().anyMatch(EventEncoder::holdsMap);
            case RECORD -> schema.getFields().stream().anyMatch(f -> holdsMap(f.schema()));
            default -> false;
        };
    }

    /**
     * Writes the type's own id.
     *
     * @return a new array
     * @throws IllegalArgumentException if a field that must have a value has none
     */
    public byte[] encode(R event) {
        return encode(event, type.schemaId());
    }

    /** As {@link #encode(SpecificRecordBase)}, with the id that a registry gave the schema. */
    byte[] encode(R event, int schemaId) {
        bytes.reset();
        bytes.write(MAGIC);
        bytes.write(schemaId >>> 24);
        bytes.write(schemaId >>> 16);
        bytes.write(schemaId >>> 8);
        bytes.write(schemaId);
        encoder = EncoderFactory.get().binaryEncoder(bytes, encoder);
        try {
            writer.write(event, encoder);
            encoder.flush();
        } catch (NullPointerException | ClassCastException | AvroRuntimeException e) {
            throw new IllegalArgumentException(
                    "this " + type.name() + " event is incomplete: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
