package io.oxbow.encode.onnx;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/** Small ONNX models, written field by field as protobuf has them (onnx.proto3, IR version 8). */
public final class TinyOnnx {
    /** {@code TensorProto.DataType}. */
    public static final int FLOAT = 1;

    /** {@code TensorProto.DataType}. */
    public static final int UINT8 = 2;

    private static final int INT64 = 7;
    private static final int OPSET = 13;

    private final Message graph = new Message().text(2, "tiny");

    /** A message of protobuf: fields in the order they are put. */
    private static final class Message {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        Message number(int field, long value) {
            varint((long) field << 3);
            varint(value);
            return this;
        }

        Message bytes(int field, byte[] value) {
            varint((long) field << 3 | 2);
            varint(value.length);
            bytes.writeBytes(value);
            return this;
        }

        Message text(int field, String value) {
            return bytes(field, value.getBytes(StandardCharsets.UTF_8));
        }

        Message put(int field, Message value) {
            return bytes(field, value.bytes.toByteArray());
        }

        private void varint(long value) {
            long rest = value;
            while ((rest & ~0x7fL) != 0) {
                bytes.write((int) (rest & 0x7f | 0x80));
                rest >>>= 7;
            }
            bytes.write((int) rest);
        }
    }

    /** Adds an input; a size of -1 is left open. */
    public TinyOnnx input(String name, int type, long... sizes) {
        Message shape = new Message();
        for (int i = 0; i < sizes.length; i++) {
            Message size = new Message();
            shape.put(1, sizes[i] < 0 ? size.text(2, "open" + i) : size.number(1, sizes[i]));
        }
        graph.put(11, value(name, new Message().number(1, type).put(2, shape)));
        return this;
    }

    /** Adds an output. */
    public TinyOnnx output(String name) {
        graph.put(12, value(name, new Message().number(1, FLOAT)));
        return this;
    }

    private static Message value(String name, Message tensorType) {
        return new Message().text(1, name).put(2, new Message().put(1, tensorType));
    }

    /** Adds weights, row-major. */
    public TinyOnnx weights(String name, float[] values, long... sizes) {
        Message tensor = new Message();
        for (long size : sizes) {
            tensor.number(1, size);
        }
        ByteBuffer raw =
                ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        raw.asFloatBuffer().put(values);
        graph.put(5, tensor.number(2, FLOAT).text(8, name).bytes(9, raw.array()));
        return this;
    }

    /** Adds a constant vector of integers. */
    public TinyOnnx integers(String name, long... values) {
        ByteBuffer raw =
                ByteBuffer.allocate(values.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        raw.asLongBuffer().put(values);
        graph.put(
                5,
                new Message()
                        .number(1, values.length)
                        .number(2, INT64)
                        .text(8, name)
                        .bytes(9, raw.array()));
        return this;
    }

    /** Adds a node whose inputs are separated by spaces. */
    public TinyOnnx node(String type, String inputs, String output) {
        return node(type, inputs, output, "");
    }

    /**
     * Adds a node with one attribute, a list of integers.
     *
     * @param attribute its name; empty for none
     */
    public TinyOnnx node(
            String type, String inputs, String output, String attribute, long... values) {
        Message node = new Message();
        for (String input : inputs.split(" ")) {
            node.text(1, input);
        }
        node.text(2, output).text(4, type);
        if (!attribute.isEmpty()) {
            Message made = new Message().text(1, attribute);
            for (long value : values) {
                made.number(8, value);
            }
            node.put(5, made.number(20, 7));
        }
        graph.put(1, node);
        return this;
    }

    /** The file. */
    public byte[] bytes() {
        return new Message()
                .number(1, 8)
                .put(7, graph)
                .put(8, new Message().number(2, OPSET))
                .bytes
                .toByteArray();
    }

    /** Seeded weights of the size of those of trained models. */
    public static float[] random(long seed, int count) {
        Random random = new Random(seed);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian() * 0.4f;
        }
        return values;
    }

    /**
     * An embedding like a trained one's: convolution 3 x 3 of stride 2 to 4 channels, ReLU, mean
     * over the picture, and a linear map to {@code dim} values called {@code vector}.
     */
    public static TinyOnnx embedding(int dim, boolean channelsFirst, long... inputSizes) {
        TinyOnnx model = new TinyOnnx().input("pixels", FLOAT, inputSizes);
        if (!channelsFirst) {
            model.node("Transpose", "pixels", "planes", "perm", 0, 3, 1, 2);
        }
        return model.weights("kernels", random(1, 4 * 3 * 3 * 3), 4, 3, 3, 3)
                .weights("map", random(2, 4 * dim), 4, dim)
                .weights("bias", random(3, dim), dim)
                .node(
                        "Conv",
                        (channelsFirst ? "pixels" : "planes") + " kernels",
                        "c",
                        "strides",
                        2,
                        2)
                .node("Relu", "c", "r")
                .node("GlobalAveragePool", "r", "features")
                .node("Flatten", "features", "flat")
                .node("Gemm", "flat map bias", "vector")
                .output("vector")
                .output("features");
    }
}
