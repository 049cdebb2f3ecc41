package io.oxbow.examples;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/** Writes a small Mamba with random weights, as a training would have saved it. */
final class RandomMamba {
    private static final int MODEL = 8;
    private static final int INNER = 16;
    private static final int STATE = 4;

    private RandomMamba() {}

    static Path write(Path folder) throws IOException {
        Files.writeString(
                folder.resolve("config.json"),
                "{\"d_model\": 8, \"n_layer\": 1, \"vocab_size\": 10, \"ssm_cfg\": {\"d_state\": 4,"
                        + " \"d_conv\": 3, \"expand\": 2, \"dt_rank\": 2}}");
        Map<String, int[]> shapes = new LinkedHashMap<>();
        String mixer = "backbone.layers.0.mixer.";
        shapes.put("backbone.embedding.weight", new int[] {10, MODEL});
        shapes.put("backbone.layers.0.norm.weight", new int[] {MODEL});
        shapes.put(mixer + "in_proj.weight", new int[] {2 * INNER, MODEL});
        shapes.put(mixer + "conv1d.weight", new int[] {INNER, 1, 3});
        shapes.put(mixer + "conv1d.bias", new int[] {INNER});
        shapes.put(mixer + "x_proj.weight", new int[] {2 + 2 * STATE, INNER});
        shapes.put(mixer + "dt_proj.weight", new int[] {INNER, 2});
        shapes.put(mixer + "dt_proj.bias", new int[] {INNER});
        shapes.put(mixer + "A_log", new int[] {INNER, STATE});
        shapes.put(mixer + "D", new int[] {INNER});
        shapes.put(mixer + "out_proj.weight", new int[] {MODEL, INNER});
        shapes.put("backbone.norm_f.weight", new int[] {MODEL});
        Files.write(folder.resolve("model.safetensors"), safetensors(shapes));
        return folder;
    }

    private static byte[] safetensors(Map<String, int[]> shapes) {
        StringBuilder header = new StringBuilder("{");
        int end = 0;
        for (Map.Entry<String, int[]> tensor : shapes.entrySet()) {
            int begin = end;
            end += 4 * Arrays.stream(tensor.getValue()).reduce(1, (a, b) -> a * b);
            header.append(header.length() > 1 ? "," : "")
                    .append('"')
                    .append(tensor.getKey())
                    .append("\":{\"dtype\":\"F32\",\"shape\":")
                    .append(Arrays.toString(tensor.getValue()))
                    .append(",\"data_offsets\":[")
                    .append(begin)
                    .append(',')
                    .append(end)
                    .append("]}");
        }
        byte[] text = header.append('}').toString().getBytes(StandardCharsets.UTF_8);
        ByteBuffer file = ByteBuffer.allocate(8 + text.length + end).order(ByteOrder.LITTLE_ENDIAN);
        file.putLong(text.length).put(text);
        Random random = new Random(1);
        while (file.hasRemaining()) {
            file.putFloat((float) (0.3 * random.nextGaussian()));
        }
        return file.array();
    }
}
