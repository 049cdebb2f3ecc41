package io.oxbow.encode.onnx;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.Result;
import io.oxbow.encode.image.ImageModel;
import io.oxbow.encode.image.ImageModelException;
import io.oxbow.encode.image.ImageModelSettings;
import io.oxbow.encode.image.ImageShape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;

/**
 * A model of ONNX Runtime. Of its output (N, D) each row is a vector; of (N, tokens, D) the first
 * token, which is the class token of vision transformers; of (N, D, rows, columns), or (N, rows,
 * columns, D) where pictures come so, the mean over rows and columns. Safe for several threads, as
 * sessions are.
 */
final class OnnxImageModel implements ImageModel {
    private final String file;
    private final OrtEnvironment environment;
    private final OrtSession session;
    private final OnnxInput input;
    private final String output;
    private final int dim;

    private OnnxImageModel(
            String file,
            OrtEnvironment environment,
            OrtSession session,
            OnnxInput input,
            String output) {
        this.file = file;
        this.environment = environment;
        this.session = session;
        this.input = input;
        this.output = output;
        this.dim = trial();
    }

    /**
     * @throws ImageModelException if the session takes no pictures or makes no vectors
     */
    static OnnxImageModel of(
            String file,
            OrtEnvironment environment,
            OrtSession session,
            ImageModelSettings settings) {
        try {
            OnnxInput input = OnnxInput.of(file, session.getInputInfo().values(), settings);
            Set<String> outputs = session.getOutputInfo().keySet();
            String output =
                    settings.output().isEmpty() ? outputs.iterator().next() : settings.output();
            if (!outputs.contains(output)) {
                throw new ImageModelException(
                        "'%s' has no output '%s': set oxbow.encoder.output to one of %s"
                                .formatted(file, output, outputs));
            }
            return new OnnxImageModel(file, environment, session, input, output);
        } catch (OrtException e) {
            throw new ImageModelException(
                    "'%s' cannot be read, export it anew: %s"
                            .formatted(file, OnnxRuntime.reason(e)),
                    e);
        }
    }

    @Override
    public ImageShape shape() {
        return input.shape();
    }

    @Override
    public int dim() {
        return dim;
    }

    @Override
    public int maxPictures() {
        return input.pictures();
    }

    @Override
    public void run(float[] pictures, int count, float[] vectors) {
        // A number that the file fixes is filled up with black, which is paid for and thrown away.
        int pictureCount = input.fixed() ? input.pictures() : count;
        FloatBuffer values =
                ByteBuffer.allocateDirect(
                                Math.multiplyExact(
                                        pictureCount * Float.BYTES, input.shape().floats()))
                        .order(ByteOrder.nativeOrder())
                        .asFloatBuffer();
        values.put(pictures, 0, count * input.shape().floats()).rewind();
        try (OnnxTensor tensor =
                        OnnxTensor.createTensor(
                                environment, values, input.tensorShape(pictureCount));
                Result result = session.run(Map.of(input.name(), tensor), Set.of(output))) {
            OnnxTensor made = floats(result.get(0));
            read(made.getFloatBuffer(), made.getInfo().getShape(), count, vectors);
        } catch (OrtException e) {
            throw new ImageModelException(
                    "'%s' could not be run on %d pictures: %s"
                            .formatted(file, pictureCount, OnnxRuntime.reason(e)),
                    e);
        }
    }

    @Override
    public void close() {
        OnnxRuntime.close(session);
    }

    /** Runs it on black: says at once whether it works, and how long its vectors are. */
    private int trial() {
        int count = input.fixed() ? input.pictures() : 1;
        FloatBuffer black = FloatBuffer.allocate(Math.multiplyExact(count, input.shape().floats()));
        try (OnnxTensor tensor =
                        OnnxTensor.createTensor(environment, black, input.tensorShape(count));
                Result result = session.run(Map.of(input.name(), tensor), Set.of(output))) {
            long[] shape = floats(result.get(0)).getInfo().getShape();
            if (shape.length < 2 || shape.length > 4 || shape[0] != count) {
                throw unexpected(Arrays.toString(shape));
            }
            return Math.toIntExact(shape[vectorAxis(shape)]);
        } catch (OrtException e) {
            throw new ImageModelException(
                    ("'%s' fails on a picture of %d x %d, set oxbow.encoder.size to what it was"
                                    + " made for or export it anew: %s")
                            .formatted(
                                    file,
                                    input.shape().width(),
                                    input.shape().height(),
                                    OnnxRuntime.reason(e)),
                    e);
        }
    }

    private OnnxTensor floats(OnnxValue value) {
        if (value instanceof OnnxTensor tensor && tensor.getInfo().type == OnnxJavaType.FLOAT) {
            return tensor;
        }
        throw unexpected(value.getInfo().toString());
    }

    private ImageModelException unexpected(String found) {
        return new ImageModelException(
                ("'%s' makes of its output '%s' %s: a vector is float32 of (N, D), (N, tokens, D) or"
                                + " (N, D, rows, columns); set oxbow.encoder.output to another of"
                                + " its outputs, or export it anew")
                        .formatted(file, output, found));
    }

    private int vectorAxis(long[] shape) {
        return shape.length == 4 && input.shape().channelsFirst() ? 1 : shape.length - 1;
    }

    private void read(FloatBuffer values, long[] shape, int count, float[] vectors) {
        int stride = Math.toIntExact(values.capacity() / shape[0]);
        if (shape.length < 4) {
            for (int i = 0; i < count; i++) {
                values.get(i * stride, vectors, i * dim, dim);
            }
            return;
        }
        int places = stride / dim;
        int step = vectorAxis(shape) == 1 ? 1 : dim;
        int plane = vectorAxis(shape) == 1 ? places : 1;
        for (int i = 0; i < count; i++) {
            for (int d = 0; d < dim; d++) {
                double sum = 0;
                for (int place = 0; place < places; place++) {
                    sum += values.get(i * stride + d * plane + place * step);
                }
                vectors[i * dim + d] = (float) (sum / places);
            }
        }
    }
}
