package io.oxbow.kafka.sql;

import io.oxbow.kafka.EventDecodingException;
import io.oxbow.kafka.EventType;
import io.oxbow.kafka.VectorBytes;
import io.oxbow.kafka.event.ElementType;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.data.GenericArrayData;
import org.apache.flink.table.data.GenericMapData;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.apache.flink.table.types.logical.MapType;
import org.apache.flink.table.types.logical.RowType;

/**
 * Makes rows of events of one type. A column has the name of a field and a type that can hold it:
 *
 * <pre>
 * string, enum        STRING
 * int, long           INT, BIGINT; a long of milliseconds also TIMESTAMP(3) or TIMESTAMP_LTZ(3)
 * float, double       FLOAT, DOUBLE
 * bytes               BYTES; a vector also ARRAY&lt;FLOAT&gt;
 * record, array, map  ROW, ARRAY, MAP
 * </pre>
 *
 * A float that is not a number, and a time that has no end, are NULL.
 */
final class EventRows implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final String ELEMENT_TYPE = "dtype";

    /** A field's value as a table has it; never called with null. */
    @FunctionalInterface
    private interface Cell extends Serializable {
        Object of(Object value, IndexedRecord record) throws EventDecodingException;
    }

    private final EventType<?> type;
    private final Cell cells;

    /**
     * @throws ValidationException if a column has no field of its name, or cannot hold it
     */
    EventRows(EventType<?> type, RowType columns) {
        this.type = type;
        this.cells = record(type.schema(), columns, type.name());
    }

    EventType<?> type() {
        return type;
    }

    RowData row(IndexedRecord event) throws EventDecodingException {
        return (RowData) cells.of(event, event);
    }

    private static Cell cell(Schema schema, LogicalType column, String path) {
        return switch (schema.getType()) {
            case STRING, ENUM -> text(schema, column, path);
            case INT, LONG -> whole(schema, column, path);
            case FLOAT, DOUBLE -> fraction(schema, column, path);
            case BYTES -> bytes(schema, column, path);
            case ARRAY -> array(schema, column, path);
            case MAP -> map(schema, column, path);
            case RECORD -> record(schema, column, path);
            case UNION -> optional(schema, column, path);
            default -> throw mismatch(column, path, schema);
        };
    }

    private static Cell text(Schema schema, LogicalType column, String path) {
        if (!column.is(LogicalTypeRoot.VARCHAR)) {
            throw mismatch(column, path, schema);
        }
        return (value, record) -> StringData.fromString(value.toString());
    }

    private static Cell whole(Schema schema, LogicalType column, String path) {
        switch (column.getTypeRoot()) {
            case BIGINT:
                return (value, record) -> ((Number) value).longValue();
            case INTEGER:
                if (schema.getType() == Schema.Type.INT) {
                    return (value, record) -> value;
                }
                break;
            case TIMESTAMP_WITHOUT_TIME_ZONE, TIMESTAMP_WITH_LOCAL_TIME_ZONE:
                if (schema.getType() == Schema.Type.LONG) {
                    return (value, record) ->
                            (Long) value == Long.MAX_VALUE
                                    ? null
                                    : TimestampData.fromEpochMillis((Long) value);
                }
                break;
            default:
        }
        throw mismatch(column, path, schema);
    }

    private static Cell fraction(Schema schema, LogicalType column, String path) {
        if (column.is(LogicalTypeRoot.DOUBLE)) {
            return (value, record) -> {
                double number = ((Number) value).doubleValue();
                return Double.isNaN(number) ? null : number;
            };
        }
        if (column.is(LogicalTypeRoot.FLOAT) && schema.getType() == Schema.Type.FLOAT) {
            return (value, record) -> Float.isNaN((Float) value) ? null : value;
        }
        throw mismatch(column, path, schema);
    }

    private static Cell bytes(Schema schema, LogicalType column, String path) {
        if (column.is(LogicalTypeRoot.VARBINARY)) {
            return (value, record) -> {
                ByteBuffer source = ((ByteBuffer) value).duplicate();
                byte[] copy = new byte[source.remaining()];
                source.get(copy);
                return copy;
            };
        }
        if (column instanceof ArrayType array && array.getElementType().is(LogicalTypeRoot.FLOAT)) {
            return (value, record) -> {
                Schema.Field dtype = record.getSchema().getField(ELEMENT_TYPE);
                ElementType element =
                        dtype == null ? ElementType.F32 : (ElementType) record.get(dtype.pos());
                float[] values = VectorBytes.floats(element, (ByteBuffer) value);
                Float[] boxed = new Float[values.length];
                for (int i = 0; i < values.length; i++) {
                    boxed[i] = Float.isNaN(values[i]) ? null : values[i];
                }
                return new GenericArrayData(boxed);
            };
        }
        throw mismatch(column, path, schema);
    }

    private static Cell array(Schema schema, LogicalType column, String path) {
        if (!(column instanceof ArrayType array)) {
            throw mismatch(column, path, schema);
        }
        Cell element = cell(schema.getElementType(), array.getElementType(), path + "[]");
        return (value, record) -> {
            List<?> list = (List<?>) value;
            Object[] values = new Object[list.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = element.of(list.get(i), record);
            }
            return new GenericArrayData(values);
        };
    }

    private static Cell map(Schema schema, LogicalType column, String path) {
        if (!(column instanceof MapType map) || !map.getKeyType().is(LogicalTypeRoot.VARCHAR)) {
            throw mismatch(column, path, schema);
        }
        Cell element = cell(schema.getValueType(), map.getValueType(), path + "{}");
        return (value, record) -> {
            Map<Object, Object> values = new HashMap<>();
            for (Map.Entry<?, ?> entry : ((Map<?, ?>) value).entrySet()) {
                values.put(
                        StringData.fromString(entry.getKey().toString()),
                        element.of(entry.getValue(), record));
            }
            return new GenericMapData(values);
        };
    }

    private static Cell record(Schema schema, LogicalType column, String path) {
        if (!(column instanceof RowType row)) {
            throw mismatch(column, path, schema);
        }
        int[] positions = new int[row.getFieldCount()];
        Cell[] fields = new Cell[positions.length];
        for (int i = 0; i < positions.length; i++) {
            String name = row.getFieldNames().get(i);
            Schema.Field field = schema.getField(name);
            if (field == null) {
                throw new ValidationException(
                        path
                                + " have no field '"
                                + name
                                + "'; they have "
                                + schema.getFields().stream().map(Schema.Field::name).toList());
            }
            positions[i] = field.pos();
            fields[i] = cell(field.schema(), row.getTypeAt(i), path + "." + name);
        }
        return (value, outer) -> {
            IndexedRecord record = (IndexedRecord) value;
            GenericRowData made = new GenericRowData(fields.length);
            for (int i = 0; i < fields.length; i++) {
                Object found = record.get(positions[i]);
                made.setField(i, found == null ? null : fields[i].of(found, record));
            }
            return made;
        };
    }

    private static Cell optional(Schema schema, LogicalType column, String path) {
        List<Schema> present =
                schema.getTypes().stream()
                        .filter(branch -> branch.getType() != Schema.Type.NULL)
                        .toList();
        if (present.size() != 1) {
            throw mismatch(column, path, schema);
        }
        return cell(present.get(0), column, path);
    }

    private static ValidationException mismatch(LogicalType column, String path, Schema schema) {
        return new ValidationException(
                "the column "
                        + path
                        + " is declared "
                        + column.asSummaryString()
                        + ", which cannot hold the field's "
                        + schema.getType().getName());
    }
}
