package io.oxbow.safetensors;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The tensors of one safetensors file, raw bytes with checked names, types and shapes.
 *
 * <p>Layout: u64 header length, JSON header, tensors; all little-endian. The length field, offsets,
 * overlaps, gaps, types, shapes and duplicate names are checked before any byte is used, and no
 * more memory is taken than the file has bytes. Immutable and safe to share between threads.
 */
public final class SafetensorsFile {
    private final Map<String, TensorInfo> tensors = new LinkedHashMap<>();
    private final Map<String, ByteBuffer> bytes = new LinkedHashMap<>();
    private final Map<String, String> metadata;

    private SafetensorsFile(SafetensorsHeader header, Source source) throws IOException {
        this.metadata = header.metadata();
        for (TensorInfo tensor : header.tensors()) {
            tensors.put(tensor.name(), tensor);
            ByteBuffer content = source.next((int) (tensor.end() - tensor.begin()));
            bytes.put(tensor.name(), content.order(ByteOrder.LITTLE_ENDIAN));
        }
    }

    /** Where the bytes of a file come from, front to back. */
    private interface Source {
        ByteBuffer next(int length) throws IOException;
    }

    /**
     * Reads a file in memory; its tensors are views of {@code file}, not copies.
     *
     * @throws SafetensorsException if it is not one
     */
    public static SafetensorsFile read(ByteBuffer file) {
        ByteBuffer rest = file.duplicate();
        Source source =
                length -> {
                    ByteBuffer part = rest.slice(rest.position(), length);
                    rest.position(rest.position() + length);
                    return part;
                };
        try {
            return read(source, file.remaining());
        } catch (IOException e) {
            throw new IllegalStateException("memory was read", e);
        }
    }

    /**
     * Reads a file from disk.
     *
     * @throws SafetensorsException if it is not a safetensors file
     */
    public static SafetensorsFile read(Path path) throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            return read(in, Files.size(path));
        }
    }

    /**
     * Reads a file from a stream, which stays open.
     *
     * @param length bytes of the file
     * @throws SafetensorsException if it is not a safetensors file of that length
     */
    public static SafetensorsFile read(InputStream in, long length) throws IOException {
        return read(
                size -> {
                    byte[] part = in.readNBytes(size);
                    if (part.length < size) {
                        throw new SafetensorsException(
                                "the file ends "
                                        + (size - part.length)
                                        + " bytes before its length of "
                                        + length);
                    }
                    return ByteBuffer.wrap(part);
                },
                length);
    }

    private static SafetensorsFile read(Source source, long length) throws IOException {
        if (length < SafetensorsHeader.PREFIX) {
            throw new SafetensorsException(
                    "a file of " + length + " bytes is too short to be a safetensors file");
        }
        long declared =
                source.next(SafetensorsHeader.PREFIX).order(ByteOrder.LITTLE_ENDIAN).getLong(0);
        int headerLength = SafetensorsHeader.checkedLength(declared, length);
        long dataLength = length - SafetensorsHeader.PREFIX - headerLength;
        SafetensorsHeader header = SafetensorsHeader.parse(source.next(headerLength), dataLength);
        return new SafetensorsFile(header, source);
    }

    /** By name, in the order of their bytes. */
    public Map<String, TensorInfo> tensors() {
        return Collections.unmodifiableMap(tensors);
    }

    /** Free text of the writer. */
    public Map<String, String> metadata() {
        return metadata;
    }

    /** Little-endian bytes of a tensor, read-only. */
    public ByteBuffer bytes(String name) {
        info(name);
        return bytes.get(name).asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Where a tensor lies. */
    public TensorInfo info(String name) {
        TensorInfo tensor = tensors.get(name);
        if (tensor == null) {
            throw new SafetensorsException("there is no tensor '" + name + "'");
        }
        return tensor;
    }

    /** Elements of a floating-point tensor as 32-bit floats; 64-bit ones are rounded. */
    public float[] floats(String name) {
        TensorInfo tensor = real(name);
        ByteBuffer from = bytes(name);
        float[] values = new float[tensor.length()];
        switch (tensor.dtype()) {
            case F32:
                from.asFloatBuffer().get(values);
                break;
            case F16:
                for (int i = 0; i < values.length; i++) {
                    values[i] = HalfFloat.toFloat(from.getShort(2 * i));
                }
                break;
            case BF16:
                for (int i = 0; i < values.length; i++) {
                    values[i] = Float.intBitsToFloat(from.getShort(2 * i) << 16);
                }
                break;
            default:
                for (int i = 0; i < values.length; i++) {
                    values[i] = (float) from.getDouble(8 * i);
                }
        }
        return values;
    }

    /** Elements of a floating-point tensor as 64-bit floats. */
    public double[] doubles(String name) {
        TensorInfo tensor = real(name);
        double[] values = new double[tensor.length()];
        if (tensor.dtype() == Dtype.F64) {
            bytes(name).asDoubleBuffer().get(values);
        } else {
            float[] floats = floats(name);
            for (int i = 0; i < values.length; i++) {
                values[i] = floats[i];
            }
        }
        return values;
    }

    /** Elements of an integer tensor. */
    public long[] longs(String name) {
        TensorInfo tensor = info(name);
        ByteBuffer from = bytes(name);
        long[] values = new long[tensor.length()];
        for (int i = 0; i < values.length; i++) {
            values[i] =
                    switch (tensor.dtype()) {
                        case I64 -> from.getLong(8 * i);
                        case I32 -> from.getInt(4 * i);
                        case I16 -> from.getShort(2 * i);
                        case I8 -> from.get(i);
                        case U8, BOOL -> from.get(i) & 0xff;
                        default ->
                                throw new SafetensorsException(
                                        "tensor '"
                                                + name
                                                + "' is "
                                                + tensor.dtype()
                                                + ", not integers");
                    };
        }
        return values;
    }

    private TensorInfo real(String name) {
        TensorInfo tensor = info(name);
        if (!tensor.dtype().real()) {
            throw new SafetensorsException(
                    "tensor '" + name + "' is " + tensor.dtype() + ", not floating-point numbers");
        }
        return tensor;
    }
}
