package io.oxbow.bench;

import io.oxbow.safetensors.SafetensorsFile;
import io.oxbow.safetensors.Tensors;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Writes a safetensors file in memory, tensor by tensor. Not thread-safe. */
public final class WeightsInMemory {
    private final List<String> header = new ArrayList<>();
    private final ByteArrayOutputStream data = new ByteArrayOutputStream();

    /** Adds a tensor whose elements are all {@code value}. */
    public void fill(String name, float value, int... shape) {
        int length = 1;
        for (int side : shape) {
            length *= side;
        }
        float[] values = new float[length];
        Arrays.fill(values, value);
        add(name, values, shape);
    }

    /** Adds a tensor. */
    public void add(String name, float[] values, int... shape) {
        int begin = data.size();
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        data.writeBytes(bytes.array());
        header.add(
                "\"%s\":{\"dtype\":\"F32\",\"shape\":%s,\"data_offsets\":[%d,%d]}"
                        .formatted(name, Arrays.toString(shape), begin, data.size()));
    }

    /** All of them, as a model is built from. */
    public Tensors tensors() {
        byte[] head = ("{" + String.join(",", header) + "}").getBytes(StandardCharsets.UTF_8);
        ByteBuffer file =
                ByteBuffer.allocate(8 + head.length + data.size()).order(ByteOrder.LITTLE_ENDIAN);
        file.putLong(head.length).put(head).put(data.toByteArray()).flip();
        return Tensors.of(SafetensorsFile.read(file));
    }
}
