package io.oxbow.bench;

import io.oxbow.arch.Architectures;
import io.oxbow.json.Json;
import io.oxbow.plan.StepPlan;
import io.oxbow.safetensors.SafetensorsFile;
import io.oxbow.safetensors.Tensors;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;

/**
 * Models of a published size, from random weights of the right shapes: 24 layers, model dimension
 * 768, features in and hidden vector out, no vocabulary. Each needs a few GiB of heap.
 */
public final class WholeModels {
    private static final int LAYERS = 24;
    private static final int MODEL_DIM = 768;
    private static final int INNER = 2 * MODEL_DIM;
    private static final int TAPS = 4;
    private static final int MODES_1 = 16;
    private static final int RANK = 48;
    private static final int MODES_2 = 128;
    private static final int HEADS = 24;

    /** A tensor's shape and the range of its values. */
    private record Values(int[] shape, double low, double high) {
        int length() {
            int length = 1;
            for (int dimension : shape) {
                length *= dimension;
            }
            return length;
        }
    }

    private final Map<String, Values> tensors = new LinkedHashMap<>();

    private WholeModels() {}

    /** By name; built afresh at each call of a supplier. */
    public static Map<String, Supplier<StepPlan>> all() {
        Map<String, Supplier<StepPlan>> all = new LinkedHashMap<>();
        all.put("mamba1-130m", WholeModels::mamba1);
        all.put("mamba2-130m", WholeModels::mamba2);
        return all;
    }

    private static StepPlan mamba1() {
        WholeModels model = new WholeModels();
        for (int i = 0; i < LAYERS; i++) {
            String mixer = model.block(i);
            model.matrix(mixer + "in_proj.weight", 2 * INNER, MODEL_DIM);
            model.convolution(mixer, INNER);
            model.matrix(mixer + "x_proj.weight", RANK + 2 * MODES_1, INNER);
            model.matrix(mixer + "dt_proj.weight", INNER, RANK);
            model.add(mixer + "dt_proj.bias", -6.9, -2.2, INNER);
            model.add(mixer + "A_log", 0, 2.8, INNER, MODES_1);
            model.add(mixer + "D", 1, 1, INNER);
            model.matrix(mixer + "out_proj.weight", MODEL_DIM, INNER);
        }
        return model.build("{'d_model': 768, 'n_layer': 24, 'vocab_size': 1, 'ssm_cfg': {}}");
    }

    private static StepPlan mamba2() {
        WholeModels model = new WholeModels();
        int mixed = INNER + 2 * MODES_2;
        for (int i = 0; i < LAYERS; i++) {
            String mixer = model.block(i);
            model.matrix(mixer + "in_proj.weight", INNER + mixed + HEADS, MODEL_DIM);
            model.convolution(mixer, mixed);
            model.add(mixer + "dt_bias", -6.9, -2.2, HEADS);
            model.add(mixer + "A_log", 0, 2.8, HEADS);
            model.add(mixer + "D", 1, 1, HEADS);
            model.add(mixer + "norm.weight", 1, 1, INNER);
            model.matrix(mixer + "out_proj.weight", MODEL_DIM, INNER);
        }
        return model.build(
                "{'d_model': 768, 'n_layer': 24, 'vocab_size': 1, 'ssm_cfg': {'layer': 'Mamba2'}}");
    }

    /** Names of a block, its norm added. */
    private String block(int layer) {
        String block = "backbone.layers." + layer + ".";
        add(block + "norm.weight", 1, 1, MODEL_DIM);
        return block + "mixer.";
    }

    private void convolution(String mixer, int channels) {
        add(mixer + "conv1d.weight", -0.5, 0.5, channels, 1, TAPS);
        add(mixer + "conv1d.bias", -0.5, 0.5, channels);
    }

    /** Keeps the size of what goes through it. */
    private void matrix(String name, int rows, int columns) {
        double limit = Math.sqrt(3.0 / columns);
        add(name, -limit, limit, rows, columns);
    }

    private void add(String name, double low, double high, int... shape) {
        tensors.put(name, new Values(shape, low, high));
    }

    private StepPlan build(String config) {
        add("backbone.norm_f.weight", 1, 1, MODEL_DIM);
        Json.Obj fields = (Json.Obj) Json.parse(config.replace('\'', '"'));
        Tensors weights = Tensors.of(SafetensorsFile.read(file()));
        return Architectures.build("random weights", fields, weights, Map.of()).plan();
    }

    private ByteBuffer file() {
        StringBuilder text = new StringBuilder();
        int end = 0;
        for (Map.Entry<String, Values> tensor : tensors.entrySet()) {
            int begin = end;
            end += Float.BYTES * tensor.getValue().length();
            text.append(text.isEmpty() ? '{' : ',')
                    .append('"' + tensor.getKey() + "\":{\"dtype\":\"F32\",\"shape\":")
                    .append(Arrays.toString(tensor.getValue().shape()))
                    .append(",\"data_offsets\":[" + begin + "," + end + "]}");
        }
        byte[] bytes = text.append('}').toString().getBytes(StandardCharsets.UTF_8);
        ByteBuffer file =
                ByteBuffer.allocate(Long.BYTES + bytes.length + end).order(ByteOrder.LITTLE_ENDIAN);
        file.putLong(bytes.length).put(bytes);
        Random random = new Random(6);
        for (Values values : tensors.values()) {
            double range = values.high() - values.low();
            for (int i = 0; i < values.length(); i++) {
                file.putFloat((float) (values.low() + range * random.nextFloat()));
            }
        }
        return file.flip();
    }
}
