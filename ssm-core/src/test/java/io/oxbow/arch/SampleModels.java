package io.oxbow.arch;

import io.oxbow.json.Json;
import io.oxbow.model.SsmModel;
import io.oxbow.safetensors.SafetensorsFile;
import io.oxbow.safetensors.Tensors;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Small models of every architecture with random weights, sizes and options chosen to be odd. */
public final class SampleModels {
    private static final String MAMBA_1 =
            "{'d_model': 6, 'n_layer': 2, 'vocab_size': 7, 'ssm_cfg': {'d_state': 4,"
                    + " 'd_conv': 3, 'expand': 3, 'dt_rank': 3, 'bias': true}}";

    private final Map<String, int[]> shapes = new LinkedHashMap<>();
    private final Map<String, double[]> ranges = new LinkedHashMap<>();

    private SampleModels() {}

    /** All of them. */
    public static List<SsmModel> all() {
        List<SsmModel> models = new ArrayList<>();
        models.add(hippo("legs", Map.of()));
        models.add(hippo("legt", Map.of("dt", "0.05")));
        models.add(hippo("fout", Map.of("dt", "0.05", "time-mode", "event-time")));
        models.add(s4d(Map.of()));
        models.add(s4d(Map.of("prenorm", "true", "time-mode", "event-time", "pool", "mean")));
        models.add(s4("diag", Map.of("time-mode", "event-time")));
        models.add(s4("dplr", Map.of()));
        models.add(s4("dplr", Map.of("time-mode", "event-time")));
        models.add(s5(Map.of("discretization", "bilinear")));
        models.add(lru(Map.of("time-mode", "event-time")));
        models.add(mamba1(Map.of()));
        models.add(mamba1(Map.of("head", "logits", "head-activation", "softmax")));
        models.add(falcon(Map.of()));
        models.add(mamba1(Map.of("weights", "bf16")));
        models.add(mamba1(Map.of("weights", "int8")));
        models.add(mamba2());
        models.add(mamba3());
        return models;
    }

    static SsmModel hippo(String measure, Map<String, String> options) {
        return new SampleModels()
                .build(
                        "{'model_type': 'hippo', 'N': 7, 'input_dim': 3, 'measure': '"
                                + measure
                                + "'}",
                        options);
    }

    static SsmModel s4d(Map<String, String> options) {
        SampleModels weights = new SampleModels();
        weights.tensor("encoder.weight", 5, 3).tensor("encoder.bias", 5);
        weights.tensor("decoder.weight", 2, 5).tensor("decoder.bias", 2);
        for (int i = 0; i < 2; i++) {
            String layer = "s4_layers." + i + ".";
            weights.tensor(layer + "D", 5);
            weights.within(-5, -2, layer + "kernel.log_dt", 5);
            weights.within(-1, 0, layer + "kernel.log_A_real", 5, 3);
            weights.within(0, 9, layer + "kernel.A_imag", 5, 3);
            weights.tensor(layer + "kernel.C", 5, 3, 2);
            weights.tensor(layer + "output_linear.0.weight", 10, 5, 1);
            weights.tensor(layer + "output_linear.0.bias", 10);
            weights.within(0.8, 1.2, "norms." + i + ".weight", 5).tensor("norms." + i + ".bias", 5);
        }
        return weights.build(
                "{'model_type': 's4d', 'd_input': 3, 'd_model': 5, 'd_state': 6, 'n_layers': 2}",
                options);
    }

    static SsmModel s4(String mode, Map<String, String> options) {
        SampleModels weights = new SampleModels();
        weights.tensor("layer.D", 1, 6);
        weights.within(-1, 0, "layer.kernel.A_real", 3, 2);
        weights.within(0, 9, "layer.kernel.A_imag", 3, 2);
        weights.tensor("layer.kernel.B", 1, 3, 2, 2).tensor("layer.kernel.C", 1, 6, 2, 2);
        weights.within(-5, -2, "layer.kernel.inv_dt", 6, 1);
        if (mode.equals("dplr")) {
            weights.tensor("layer.kernel.P", 2, 3, 2, 2);
        }
        weights.tensor("output_linear.0.weight", 12, 6).tensor("output_linear.0.bias", 12);
        return weights.build(
                "{'model_type': 's4', 'd_model': 6, 'l_kernel': 32, 'mode': '" + mode + "'}",
                options);
    }

    static SsmModel s5(Map<String, String> options) {
        return new SampleModels()
                .within(-2, -0.1, "Lambda_re", 4)
                .within(-9, 9, "Lambda_im", 4)
                .within(-5, -2, "log_step", 4, 1)
                .tensor("B", 4, 3, 2)
                .tensor("C", 3, 4, 2)
                .tensor("D", 3)
                .build("{}", options);
    }

    static SsmModel lru(Map<String, String> options) {
        return lruState(lruProjections(new SampleModels())).build("{}", options);
    }

    /** An LRU as a directory of two shards with an index. */
    static void writeLruShards(Path folder) throws IOException {
        SampleModels first = lruProjections(new SampleModels());
        SampleModels second = lruState(new SampleModels());
        StringBuilder index = new StringBuilder();
        for (String name : first.shapes.keySet()) {
            index.append(index.isEmpty() ? "" : ",").append("\"" + name + "\":\"a.safetensors\"");
        }
        for (String name : second.shapes.keySet()) {
            index.append(",\"" + name + "\":\"b.safetensors\"");
        }
        Files.write(folder.resolve("a.safetensors"), first.file().array());
        Files.write(folder.resolve("b.safetensors"), second.file().array());
        Files.writeString(folder.resolve("config.json"), "{\"model_type\": \"lru\"}");
        Files.writeString(
                folder.resolve("model.safetensors.index.json"), "{\"weight_map\":{" + index + "}}");
    }

    private static SampleModels lruState(SampleModels weights) {
        return weights.within(-4, -1, "nu_log", 5)
                .within(-3, 1, "theta_log", 5)
                .within(-2, 0, "gamma_log", 5);
    }

    private static SampleModels lruProjections(SampleModels weights) {
        return weights.tensor("B_re", 5, 3)
                .tensor("B_im", 5, 3)
                .tensor("C_re", 3, 5)
                .tensor("C_im", 3, 5)
                .tensor("D", 3);
    }

    static SsmModel mamba1(Map<String, String> options) {
        return mamba1Weights().build(MAMBA_1, options);
    }

    /** A Mamba of model dimension 6 as a directory, as a training would have saved it. */
    public static Path writeMamba(Path folder) throws IOException {
        Files.writeString(folder.resolve("config.json"), MAMBA_1.replace('\'', '"'));
        Files.write(folder.resolve("model.safetensors"), mamba1Weights().file().array());
        return folder;
    }

    static SsmModel falcon(Map<String, String> options) {
        return mamba1Weights()
                .build(
                        "{'model_type': 'falcon_mamba', 'hidden_size': 6, 'num_hidden_layers': 2,"
                                + " 'expand': 3, 'state_size': 4, 'conv_kernel': 3,"
                                + " 'time_step_rank': 3, 'use_bias': true, 'mixer_rms_eps': 1e-3}",
                        options);
    }

    static SampleModels mamba1Weights() {
        SampleModels weights = new SampleModels().backbone(6);
        for (int i = 0; i < 2; i++) {
            String mixer = "backbone.layers." + i + ".mixer.";
            weights.tensor(mixer + "in_proj.weight", 36, 6).tensor(mixer + "in_proj.bias", 36);
            weights.convolution(mixer, 18, 3);
            weights.tensor(mixer + "x_proj.weight", 11, 18).tensor(mixer + "dt_proj.weight", 18, 3);
            weights.within(-4, -1, mixer + "dt_proj.bias", 18);
            weights.within(-1, 2, mixer + "A_log", 18, 4).tensor(mixer + "D", 18);
            weights.tensor(mixer + "out_proj.weight", 6, 18).tensor(mixer + "out_proj.bias", 6);
        }
        return weights;
    }

    private static SsmModel mamba2() {
        return mamba2Weights(4)
                .build(
                        "{'d_model': 6, 'n_layer': 2, 'vocab_size': 7, 'ssm_cfg': {'layer':"
                                + " 'Mamba2', 'd_state': 4, 'headdim': 3, 'ngroups': 2}}",
                        Map.of());
    }

    /**
     * Four heads of three channels in two groups.
     *
     * @param skips length of D: 4, one a head, or 12, one a channel
     */
    static SampleModels mamba2Weights(int skips) {
        SampleModels weights = new SampleModels().backbone(6);
        for (int i = 0; i < 2; i++) {
            String mixer = "backbone.layers." + i + ".mixer.";
            weights.tensor(mixer + "in_proj.weight", 44, 6);
            weights.convolution(mixer, 28, 4);
            weights.within(-4, -1, mixer + "dt_bias", 4).within(-1, 2, mixer + "A_log", 4);
            weights.tensor(mixer + "D", skips).within(0.8, 1.2, mixer + "norm.weight", 12);
            weights.tensor(mixer + "out_proj.weight", 6, 12);
        }
        return weights;
    }

    private static SsmModel mamba3() {
        SampleModels weights = new SampleModels().backbone(6);
        for (int i = 0; i < 2; i++) {
            String mixer = "backbone.layers." + i + ".mixer.";
            weights.tensor(mixer + "in_proj.weight", 54, 6);
            weights.within(-4, -1, mixer + "dt_bias", 4).tensor(mixer + "D", 4);
            weights.within(0.8, 1.2, mixer + "B_norm.weight", 4);
            weights.within(0.8, 1.2, mixer + "C_norm.weight", 4);
            weights.tensor(mixer + "B_bias", 4, 1, 4).tensor(mixer + "C_bias", 4, 1, 4);
            weights.tensor(mixer + "out_proj.weight", 6, 12);
        }
        return weights.build(
                "{'d_model': 6, 'n_layer': 2, 'vocab_size': 7, 'ssm_cfg': {'layer': 'Mamba3',"
                        + " 'd_state': 4, 'headdim': 3, 'ngroups': 2, 'rope_fraction': 1.0}}",
                Map.of());
    }

    private SampleModels backbone(int modelDim) {
        tensor("backbone.embedding.weight", 7, modelDim);
        for (int i = 0; i < 2; i++) {
            within(0.8, 1.2, "backbone.layers." + i + ".norm.weight", modelDim);
        }
        return within(0.8, 1.2, "backbone.norm_f.weight", modelDim);
    }

    private void convolution(String mixer, int channels, int taps) {
        tensor(mixer + "conv1d.weight", channels, 1, taps).tensor(mixer + "conv1d.bias", channels);
    }

    /** A tensor of small numbers of both signs. */
    SampleModels tensor(String name, int... shape) {
        return within(-0.6, 0.6, name, shape);
    }

    private SampleModels within(double low, double high, String name, int... shape) {
        shapes.put(name, shape);
        ranges.put(name, new double[] {low, high});
        return this;
    }

    SsmModel build(String config, Map<String, String> options) {
        Json.Obj fields = (Json.Obj) Json.parse(config.replace('\'', '"'));
        return Architectures.build("sample", fields, tensors(), options);
    }

    Tensors tensors() {
        return Tensors.of(SafetensorsFile.read(file()));
    }

    ByteBuffer file() {
        StringBuilder header = new StringBuilder("{");
        int end = 0;
        for (Map.Entry<String, int[]> entry : shapes.entrySet()) {
            int begin = end;
            end += 4 * length(entry.getValue());
            header.append(header.length() > 1 ? "," : "")
                    .append('"')
                    .append(entry.getKey())
                    .append("\":{\"dtype\":\"F32\",\"shape\":")
                    .append(Arrays.toString(entry.getValue()))
                    .append(",\"data_offsets\":[")
                    .append(begin)
                    .append(',')
                    .append(end)
                    .append("]}");
        }
        byte[] text = header.append('}').toString().getBytes(StandardCharsets.UTF_8);
        ByteBuffer file = ByteBuffer.allocate(8 + text.length + end).order(ByteOrder.LITTLE_ENDIAN);
        file.putLong(text.length).put(text);
        Random random = new Random(42);
        shapes.forEach(
                (name, shape) -> {
                    double[] range = ranges.get(name);
                    for (int i = 0; i < length(shape); i++) {
                        file.putFloat(
                                (float) (range[0] + random.nextDouble() * (range[1] - range[0])));
                    }
                });
        return file.flip();
    }

    private static int length(int[] shape) {
        int length = 1;
        for (int dimension : shape) {
            length *= dimension;
        }
        return length;
    }
}
