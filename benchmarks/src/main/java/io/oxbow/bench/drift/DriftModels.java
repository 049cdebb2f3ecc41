package io.oxbow.bench.drift;

import io.oxbow.arch.Architectures;
import io.oxbow.bench.WeightsInMemory;
import io.oxbow.json.Json;
import io.oxbow.model.SsmModel;
import io.oxbow.safetensors.Tensors;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;

/**
 * A small model of every architecture, its weights drawn as its authors initialise them: steps
 * spread evenly in their logarithm over 0.001..0.1, decays from 1 up, moduli of the LRU up to
 * 0.999. The slowest modes are what drifts.
 */
final class DriftModels {
    private static final int WIDTH = 8;
    private static final int LAYERS = 2;
    private static final double SHORTEST = 0.001;
    private static final double LONGEST = 0.1;

    private final WeightsInMemory weights = new WeightsInMemory();
    private final Random random = new Random(20261124);

    private DriftModels() {}

    /** By name, in the order in which they are measured. */
    static Map<String, Supplier<SsmModel>> all() {
        Map<String, Supplier<SsmModel>> models = new LinkedHashMap<>();
        for (String measure : new String[] {"legs", "legt", "fout"}) {
            models.put("hippo-" + measure, () -> hippo(measure));
        }
        models.put("s4-dplr", () -> new DriftModels().s4("dplr"));
        models.put("s4-diag", () -> new DriftModels().s4("diag"));
        models.put("s4d", () -> new DriftModels().s4d());
        models.put("s5", () -> new DriftModels().s5());
        models.put("lru", () -> new DriftModels().lru());
        models.put("mamba1", () -> new DriftModels().mamba1());
        models.put("mamba2", () -> new DriftModels().mamba2());
        models.put("mamba3", () -> new DriftModels().mamba3());
        return models;
    }

    private static SsmModel hippo(String measure) {
        return build(
                "'model_type': 'hippo', 'N': 16, 'input_dim': 2, 'dt': 0.001, 'measure': '"
                        + measure
                        + "'",
                Tensors.none());
    }

    private SsmModel s4(String mode) {
        int modes = 8;
        String kernel = "layer.kernel.";
        uniform("layer.D", 0.5, 1.5, 1, WIDTH);
        weights.fill(kernel + "A_real", (float) Math.log(0.5), WIDTH, modes);
        lines(kernel + "A_imag", modes);
        uniform(kernel + "B", 0.5, 1.5, 1, WIDTH, modes, 2);
        gaussian(kernel + "C", 1, 1, WIDTH, modes, 2);
        steps(kernel + "inv_dt", WIDTH, 1);
        if (mode.equals("dplr")) {
            gaussian(kernel + "P", 0.5, 1, WIDTH, modes, 2);
        }
        layer("output_linear.0", 2 * WIDTH, WIDTH);
        return build(
                "'model_type': 's4', 'd_model': " + WIDTH + ", 'mode': '" + mode + "'",
                weights.tensors());
    }

    private SsmModel s4d() {
        int modes = 8;
        layer("encoder", WIDTH, 2);
        for (int i = 0; i < LAYERS; i++) {
            String name = "s4_layers." + i + ".";
            uniform(name + "D", 0.5, 1.5, WIDTH);
            steps(name + "kernel.log_dt", WIDTH);
            weights.fill(name + "kernel.log_A_real", (float) Math.log(0.5), WIDTH, modes);
            lines(name + "kernel.A_imag", modes);
            gaussian(name + "kernel.C", 1, WIDTH, modes, 2);
            gaussian(name + "output_linear.0.weight", 1 / Math.sqrt(WIDTH), 2 * WIDTH, WIDTH, 1);
            weights.fill("norms." + i + ".weight", 1, WIDTH);
            weights.fill("norms." + i + ".bias", 0, WIDTH);
        }
        return build(
                "'model_type': 's4d', 'd_input': 2, 'd_model': 8, 'd_state': 16, 'n_layers': 2",
                weights.tensors());
    }

    private SsmModel s5() {
        int modes = 16;
        weights.fill("Lambda_re", -0.5f, modes);
        uniform("Lambda_im", 0, 50, modes);
        steps("log_step", modes, 1);
        gaussian("B", 0.3, modes, WIDTH, 2);
        gaussian("C", 0.3, WIDTH, modes, 2);
        uniform("D", 0.5, 1.5, WIDTH);
        return build("'model_type': 's5'", weights.tensors());
    }

    private SsmModel lru() {
        int modes = 16;
        float[] nu = new float[modes];
        float[] theta = new float[modes];
        float[] gamma = new float[modes];
        for (int n = 0; n < modes; n++) {
            double modulus = 0.9 + 0.099 * n / (modes - 1);
            nu[n] = (float) Math.log(-Math.log(modulus));
            theta[n] = (float) Math.log(0.01 + 2 * Math.PI * random.nextDouble());
            gamma[n] = (float) Math.log(Math.sqrt(1 - modulus * modulus));
        }
        weights.add("nu_log", nu, modes);
        weights.add("theta_log", theta, modes);
        weights.add("gamma_log", gamma, modes);
        gaussian("B_re", 0.3, modes, WIDTH);
        gaussian("B_im", 0.3, modes, WIDTH);
        gaussian("C_re", 0.3, WIDTH, modes);
        gaussian("C_im", 0.3, WIDTH, modes);
        uniform("D", 0.5, 1.5, WIDTH);
        return build("'model_type': 'lru'", weights.tensors());
    }

    private SsmModel mamba1() {
        int inner = 2 * WIDTH;
        int modes = 8;
        for (int i = 0; i < LAYERS; i++) {
            String mixer = block(i);
            gaussian(mixer + "in_proj.weight", 0.3, 2 * inner, WIDTH);
            gaussian(mixer + "conv1d.weight", 0.5, inner, 1, 4);
            uniform(mixer + "conv1d.bias", -0.5, 0.5, inner);
            gaussian(mixer + "x_proj.weight", 0.25, 1 + 2 * modes, inner);
            gaussian(mixer + "dt_proj.weight", 0.5, inner, 1);
            inverseSoftplusSteps(mixer + "dt_proj.bias", inner);
            float[] log = new float[inner * modes];
            for (int n = 0; n < log.length; n++) {
                log[n] = (float) Math.log(1 + n % modes);
            }
            weights.add(mixer + "A_log", log, inner, modes);
            weights.fill(mixer + "D", 1, inner);
            gaussian(mixer + "out_proj.weight", 0.25, WIDTH, inner);
        }
        return mamba("'d_state': 8, 'dt_rank': 1");
    }

    private SsmModel mamba2() {
        int inner = 2 * WIDTH;
        int heads = 4;
        int modes = 8;
        for (int i = 0; i < LAYERS; i++) {
            String mixer = block(i);
            gaussian(mixer + "in_proj.weight", 0.3, 2 * inner + 2 * modes + heads, WIDTH);
            gaussian(mixer + "conv1d.weight", 0.5, inner + 2 * modes, 1, 4);
            uniform(mixer + "conv1d.bias", -0.5, 0.5, inner + 2 * modes);
            inverseSoftplusSteps(mixer + "dt_bias", heads);
            uniform(mixer + "A_log", 0, Math.log(16), heads);
            weights.fill(mixer + "D", 1, heads);
            weights.fill(mixer + "norm.weight", 1, inner);
            gaussian(mixer + "out_proj.weight", 0.25, WIDTH, inner);
        }
        return mamba("'layer': 'Mamba2', 'd_state': 8, 'headdim': 4");
    }

    private SsmModel mamba3() {
        int inner = 2 * WIDTH;
        int heads = 4;
        int modes = 8;
        for (int i = 0; i < LAYERS; i++) {
            String mixer = block(i);
            gaussian(mixer + "in_proj.weight", 0.3, 2 * inner + 2 * modes + 3 * heads + 2, WIDTH);
            inverseSoftplusSteps(mixer + "dt_bias", heads);
            weights.fill(mixer + "B_norm.weight", 1, modes);
            weights.fill(mixer + "C_norm.weight", 1, modes);
            weights.fill(mixer + "B_bias", 1, heads, 1, modes);
            weights.fill(mixer + "C_bias", 1, heads, 1, modes);
            weights.fill(mixer + "D", 1, heads);
            gaussian(mixer + "out_proj.weight", 0.25, WIDTH, inner);
        }
        return mamba("'layer': 'Mamba3', 'd_state': 8, 'headdim': 4, 'rope_fraction': 0.5");
    }

    private String block(int layer) {
        String block = "backbone.layers." + layer + ".";
        weights.fill(block + "norm.weight", 1, WIDTH);
        return block + "mixer.";
    }

    private SsmModel mamba(String mixer) {
        weights.fill("backbone.norm_f.weight", 1, WIDTH);
        return build("'d_model': 8, 'n_layer': 2, 'ssm_cfg': {" + mixer + "}", weights.tensors());
    }

    private static SsmModel build(String fields, Tensors weights) {
        Json.Obj config = (Json.Obj) Json.parse(("{" + fields + "}").replace('\'', '"'));
        return Architectures.build("drift", config, weights, Map.of());
    }

    private void layer(String name, int rows, int columns) {
        gaussian(name + ".weight", 1 / Math.sqrt(columns), rows, columns);
        weights.fill(name + ".bias", 0, rows);
    }

    /** {@code pi n}, the frequencies of S4D-Lin. */
    private void lines(String name, int modes) {
        float[] values = new float[WIDTH * modes];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (Math.PI * (i % modes));
        }
        weights.add(name, values, WIDTH, modes);
    }

    /** Logarithms of steps. */
    private void steps(String name, int... shape) {
        uniform(name, Math.log(SHORTEST), Math.log(LONGEST), shape);
    }

    /** What softplus turns into steps. */
    private void inverseSoftplusSteps(String name, int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            double step = SHORTEST * Math.pow(LONGEST / SHORTEST, random.nextDouble());
            values[i] = (float) Math.log(Math.expm1(step));
        }
        weights.add(name, values, count);
    }

    private void uniform(String name, double low, double high, int... shape) {
        float[] values = new float[length(shape)];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (low + random.nextDouble() * (high - low));
        }
        weights.add(name, values, shape);
    }

    private void gaussian(String name, double deviation, int... shape) {
        float[] values = new float[length(shape)];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (deviation * random.nextGaussian());
        }
        weights.add(name, values, shape);
    }

    private static int length(int... shape) {
        int length = 1;
        for (int side : shape) {
            length *= side;
        }
        return length;
    }
}
