package io.oxbow.safetensors;

import io.oxbow.json.Json;
import io.oxbow.json.JsonException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the JSON header of a safetensors file declares, believed only after every offset has been
 * held against the length of the file.
 *
 * @param tensors in the order of their bytes, without gap or overlap
 * @param metadata free text of the writer
 */
record SafetensorsHeader(List<TensorInfo> tensors, Map<String, String> metadata) {
    /** Bytes of the length field before the header. */
    static final int PREFIX = Long.BYTES;

    private static final long MAX_HEADER = 100_000_000;
    private static final String METADATA = "__metadata__";
    private static final int MAX_RANK = 16;

    /**
     * Checks the length field.
     *
     * @param fileLength bytes of the whole file
     */
    static int checkedLength(long declared, long fileLength) {
        if (declared < 2 || declared > MAX_HEADER || declared > fileLength - PREFIX) {
            throw new SafetensorsException(
                    "the header claims "
                            + Long.toUnsignedString(declared)
                            + " bytes in a file of "
                            + fileLength
                            + ": this is not a safetensors file, or it is cut short");
        }
        return (int) declared;
    }

    /**
     * @param header the JSON text
     * @param dataLength bytes that follow it
     */
    static SafetensorsHeader parse(ByteBuffer header, long dataLength) {
        Json root;
        try {
            root = Json.parse(StandardCharsets.UTF_8.newDecoder().decode(header).toString());
        } catch (CharacterCodingException e) {
            throw new SafetensorsException("the header is not UTF-8 text", e);
        } catch (JsonException e) {
            throw new SafetensorsException("the header is not JSON: " + e.getMessage(), e);
        }
        if (!(root instanceof Json.Obj members)) {
            throw new SafetensorsException("the header is " + root.kind() + ", not an object");
        }
        List<TensorInfo> tensors = new ArrayList<>();
        Map<String, String> metadata = new LinkedHashMap<>();
        members.members()
                .forEach(
                        (name, value) -> {
                            if (name.equals(METADATA)) {
                                readMetadata(value, metadata);
                            } else {
                                tensors.add(tensor(name, value));
                            }
                        });
        tensors.sort(
                Comparator.comparingLong(TensorInfo::begin).thenComparingLong(TensorInfo::end));
        checkCoverage(tensors, dataLength);
        return new SafetensorsHeader(List.copyOf(tensors), Map.copyOf(metadata));
    }

    private static void readMetadata(Json value, Map<String, String> into) {
        if (!(value instanceof Json.Obj entries)) {
            throw new SafetensorsException("__metadata__ is " + value.kind() + ", not an object");
        }
        entries.members()
                .forEach(
                        (key, text) -> {
                            if (!(text instanceof Json.Str string)) {
                                throw new SafetensorsException(
                                        "__metadata__ '"
                                                + key
                                                + "' is "
                                                + text.kind()
                                                + ", not a string");
                            }
                            into.put(key, string.value());
                        });
    }

    private static TensorInfo tensor(String name, Json value) {
        if (!(value instanceof Json.Obj entry)) {
            throw wrong(name, "is described by " + value.kind() + ", not an object");
        }
        Dtype dtype = dtype(name, entry.get("dtype"));
        List<Integer> shape = shape(name, entry.get("shape"));
        long[] offsets = longs(name, "data_offsets", entry.get("data_offsets"));
        if (offsets.length != 2 || offsets[0] < 0 || offsets[1] < offsets[0]) {
            throw wrong(name, "has data_offsets that are not [begin, end]");
        }
        long bytes = dtype.bytes();
        for (int dimension : shape) {
            bytes = saturatedProduct(bytes, dimension);
        }
        if (bytes != offsets[1] - offsets[0]) {
            throw wrong(
                    name,
                    "of "
                            + dtype
                            + shape
                            + " needs "
                            + bytes
                            + " bytes but its data_offsets span "
                            + (offsets[1] - offsets[0]));
        }
        if (bytes > Integer.MAX_VALUE - 8) {
            throw wrong(name, "of " + bytes + " bytes is larger than one Java array");
        }
        return new TensorInfo(name, dtype, shape, offsets[0], offsets[1]);
    }

    private static Dtype dtype(String name, Json value) {
        if (value instanceof Json.Str text) {
            for (Dtype dtype : Dtype.values()) {
                if (dtype.name().equals(text.value())) {
                    return dtype;
                }
            }
            throw wrong(name, "has the dtype '" + text.value() + "', which is not supported");
        }
        throw wrong(name, "has no dtype");
    }

    private static List<Integer> shape(String name, Json value) {
        long[] dimensions = longs(name, "shape", value);
        if (dimensions.length > MAX_RANK) {
            throw wrong(name, "has " + dimensions.length + " dimensions");
        }
        List<Integer> shape = new ArrayList<>(dimensions.length);
        for (long dimension : dimensions) {
            if (dimension < 0 || dimension > Integer.MAX_VALUE) {
                throw wrong(name, "has the dimension " + dimension);
            }
            shape.add((int) dimension);
        }
        return shape;
    }

    private static long[] longs(String name, String field, Json value) {
        if (!(value instanceof Json.Arr array)) {
            throw wrong(name, "has no " + field + " array");
        }
        long[] numbers = new long[array.elements().size()];
        for (int i = 0; i < numbers.length; i++) {
            if (!(array.elements().get(i) instanceof Json.Num number)) {
                throw wrong(name, "has a " + field + " that is not all numbers");
            }
            try {
                numbers[i] = number.asLong();
            } catch (ArithmeticException e) {
                throw wrong(name, "has a " + field + " that is not whole numbers");
            }
        }
        return numbers;
    }

    private static long saturatedProduct(long a, long b) {
        long high = Math.multiplyHigh(a, b);
        long low = a * b;
        return high != 0 || low < 0 ? Long.MAX_VALUE : low;
    }

    private static void checkCoverage(List<TensorInfo> tensors, long dataLength) {
        long covered = 0;
        for (TensorInfo tensor : tensors) {
            if (tensor.begin() != covered) {
                throw wrong(
                        tensor.name(),
                        "begins at byte "
                                + tensor.begin()
                                + (tensor.begin() < covered
                                        ? ", inside the tensor before it, which ends at "
                                        : ", after a gap: the tensor before it ends at ")
                                + covered);
            }
            covered = tensor.end();
        }
        if (covered != dataLength) {
            throw new SafetensorsException(
                    "the tensors end at byte "
                            + covered
                            + " of the data but the file holds "
                            + dataLength
                            + (covered > dataLength ? ": it is cut short" : ""));
        }
    }

    private static SafetensorsException wrong(String tensor, String what) {
        return new SafetensorsException("tensor '" + tensor + "' " + what);
    }
}
