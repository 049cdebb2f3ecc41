package io.oxbow.encode.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.TensorInfo;
import io.oxbow.encode.image.ImageModelException;
import io.oxbow.encode.image.ImageModelSettings;
import io.oxbow.encode.image.ImageShape;
import java.util.Arrays;
import java.util.Collection;

/**
 * What a model takes, read from its file: float32 of (N, C, H, W) or (N, H, W, C).
 *
 * @param pictures in a run; the only possible number if {@code fixed}, else the most
 */
record OnnxInput(String name, ImageShape shape, int pictures, boolean fixed) {
    private static final String EXPECTED =
            "an encoder takes float32 of (N, 3, H, W) or (N, H, W, 3), or one channel for grey;"
                    + " export it so";

    /**
     * @param file for messages
     * @throws ImageModelException if it takes something else
     */
    static OnnxInput of(String file, Collection<NodeInfo> inputs, ImageModelSettings settings) {
        if (inputs.size() != 1) {
            throw new ImageModelException(
                    "'%s' takes %s: an encoder takes a picture and nothing else; export the picture's part alone"
                            .formatted(file, inputs.stream().map(NodeInfo::getName).toList()));
        }
        NodeInfo input = inputs.iterator().next();
        if (!(input.getInfo() instanceof TensorInfo tensor)
                || tensor.type != OnnxJavaType.FLOAT
                || tensor.getShape().length != 4) {
            throw new ImageModelException(
                    "'%s' takes '%s' as %s: %s"
                            .formatted(file, input.getName(), describe(input), EXPECTED));
        }
        long[] shape = tensor.getShape();
        boolean first = isChannels(shape[1]) || !isChannels(shape[3]) && shape[1] < 0;
        long channels = first ? shape[1] : shape[3];
        if (channels > 0 && !isChannels(channels)) {
            throw new ImageModelException(
                    "'%s' takes '%s' as %s: %s"
                            .formatted(file, input.getName(), describe(input), EXPECTED));
        }
        boolean fixed = shape[0] > 0;
        try {
            return new OnnxInput(
                    input.getName(),
                    new ImageShape(
                            channels < 0 ? 3 : (int) channels,
                            size(first ? shape[2] : shape[1], settings),
                            size(first ? shape[3] : shape[2], settings),
                            first),
                    fixed ? Math.toIntExact(shape[0]) : settings.batch(),
                    fixed);
        } catch (ArithmeticException | IllegalArgumentException e) {
            throw new ImageModelException(
                    "'%s' takes '%s' as %s: %s"
                            .formatted(file, input.getName(), describe(input), EXPECTED),
                    e);
        }
    }

    private static boolean isChannels(long size) {
        return size == 1 || size == 3;
    }

    private static int size(long size, ImageModelSettings settings) {
        return size < 0 ? settings.size() : Math.toIntExact(size);
    }

    private static String describe(NodeInfo input) {
        return input.getInfo() instanceof TensorInfo tensor
                ? tensor.type + " of " + Arrays.toString(tensor.getShape())
                : input.getInfo().toString();
    }

    /** Shape of the tensor for so many pictures. */
    long[] tensorShape(int count) {
        return shape.channelsFirst()
                ? new long[] {count, shape.channels(), shape.height(), shape.width()}
                : new long[] {count, shape.height(), shape.width(), shape.channels()};
    }
}
