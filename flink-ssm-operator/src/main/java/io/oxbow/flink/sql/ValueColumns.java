package io.oxbow.flink.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeFamily;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.types.Row;

/**
 * Which columns of a table are the channels of a stream's vector: those named, else all numbers and
 * arrays of numbers beside the key and the time, from left to right. Single-threaded.
 */
final class ValueColumns {
    private final List<String> names;
    private final int[] positions;

    private ValueColumns(List<String> names, int[] positions) {
        this.names = names;
        this.positions = positions;
    }

    /**
     * @param apart positions of the key and the time
     * @param wanted names, or empty for all that fit
     * @throws ValidationException if there is no such column, or it holds no numbers
     */
    static ValueColumns of(DataType table, Set<Integer> apart, List<String> wanted) {
        RowType row = (RowType) table.getLogicalType();
        List<String> names = new ArrayList<>();
        List<Integer> positions = new ArrayList<>();
        for (String name : wanted) {
            int at = row.getFieldIndex(name);
            if (at < 0) {
                throw new ValidationException(
                        "the table has no column '" + name + "'; it has " + row.getFieldNames());
            }
            if (!isNumeric(row.getTypeAt(at))) {
                throw new ValidationException(
                        "the column '"
                                + name
                                + "' is of type "
                                + row.getTypeAt(at)
                                + ", not a number or an array of numbers");
            }
            names.add(name);
            positions.add(at);
        }
        for (int at = 0; wanted.isEmpty() && at < row.getFieldCount(); at++) {
            if (!apart.contains(at) && isNumeric(row.getTypeAt(at))) {
                names.add(row.getFieldNames().get(at));
                positions.add(at);
            }
        }
        if (positions.isEmpty()) {
            throw new ValidationException(
                    "the table has no column of numbers beside its key and its time; it has "
                            + row.asSummaryString());
        }
        return new ValueColumns(names, positions.stream().mapToInt(Integer::intValue).toArray());
    }

    /**
     * The row's vector; NaN for what is NULL, which the model refuses by the channel's number.
     *
     * @return a new array
     */
    float[] read(Row row) {
        int length = 0;
        for (int position : positions) {
            Object value = row.getField(position);
            length += value instanceof Object[] array ? array.length : 1;
        }
        float[] values = new float[length];
        int at = 0;
        for (int position : positions) {
            Object value = row.getField(position);
            if (value instanceof Object[] array) {
                for (Object element : array) {
                    values[at++] = number(element);
                }
            } else {
                values[at++] = number(value);
            }
        }
        return values;
    }

    List<String> names() {
        return names;
    }

    private static float number(Object value) {
        return value instanceof Number number ? number.floatValue() : Float.NaN;
    }

    private static boolean isNumeric(LogicalType type) {
        LogicalType element = type instanceof ArrayType array ? array.getElementType() : type;
        return element.is(LogicalTypeFamily.NUMERIC);
    }
}
