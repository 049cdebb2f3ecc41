package io.oxbow.safetensors;

import java.util.List;

/**
 * Where a tensor lies in its file.
 *
 * @param name unique within the file
 * @param shape row-major dimensions; empty for a scalar
 * @param begin first byte, counted from the end of the header
 * @param end one past the last byte
 */
public record TensorInfo(String name, Dtype dtype, List<Integer> shape, long begin, long end) {
    public TensorInfo {
        shape = List.copyOf(shape);
    }

    /** Number of elements: the product of the dimensions. */
    public int length() {
        return (int) ((end - begin) / dtype.bytes());
    }
}
