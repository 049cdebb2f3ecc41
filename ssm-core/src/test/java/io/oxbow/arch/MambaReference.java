package io.oxbow.arch;

import io.oxbow.safetensors.Tensors;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Mamba 1 and 2 in plain double arithmetic, one stream, written from the papers and not from the
 * plans: what the plans are held against. Sizes are those of {@link SampleModels}.
 */
final class MambaReference {
    /** What a config may ask for. */
    record Options(
            boolean falcon,
            double innerEpsilon,
            boolean normFirst,
            boolean norm,
            int normGroups,
            double dtLow,
            double dtHigh) {}

    private static final int MODEL = 6;
    private static final int MODES = 4;
    private static final double EPSILON = 1e-5;

    private final Tensors weights;
    private final Options options;
    private final Map<String, double[]> states = new HashMap<>();

    MambaReference(Tensors weights, Options options) {
        this.weights = weights;
        this.options = options;
    }

    /** The hidden representation after one more token. */
    double[] step(double[] token) {
        double[] residual = token.clone();
        for (int layer = 0; layer < 2; layer++) {
            String block = "backbone.layers." + layer + ".";
            double[] normed = norm(residual, weights(block + "norm.weight"), 1, EPSILON);
            String mixer = block + "mixer.";
            double[] mixed =
                    weights.has(mixer + "x_proj.weight")
                            ? first(mixer, normed)
                            : second(mixer, normed);
            for (int i = 0; i < MODEL; i++) {
                residual[i] += mixed[i];
            }
        }
        return norm(residual, weights("backbone.norm_f.weight"), 1, EPSILON);
    }

    private double[] first(String name, double[] token) {
        int inner = 3 * MODEL;
        int rank = 3;
        double[] xz = linear(name + "in_proj", token);
        double[] x = convolve(name, Arrays.copyOf(xz, inner));
        double[] projected = linear(name + "x_proj", x);
        double[] low = Arrays.copyOf(projected, rank);
        double[] b = Arrays.copyOfRange(projected, rank, rank + MODES);
        double[] c = Arrays.copyOfRange(projected, rank + MODES, rank + 2 * MODES);
        if (options.falcon) {
            low = norm(low, null, 1, options.innerEpsilon);
            b = norm(b, null, 1, options.innerEpsilon);
            c = norm(c, null, 1, options.innerEpsilon);
        }
        double[] dt = linear(name + "dt_proj", low);
        double[] log = weights(name + "A_log");
        double[] d = weights(name + "D");
        double[] h = states.computeIfAbsent(name + "h", n -> new double[inner * MODES]);
        double[] y = new double[inner];
        for (int i = 0; i < inner; i++) {
            double step = Math.log1p(Math.exp(dt[i]));
            y[i] = d[i] * x[i];
            for (int n = 0; n < MODES; n++) {
                int at = i * MODES + n;
                h[at] = Math.exp(-step * Math.exp(log[at])) * h[at] + step * b[n] * x[i];
                y[i] += c[n] * h[at];
            }
            y[i] *= silu(xz[inner + i]);
        }
        return linear(name + "out_proj", y);
    }

    private double[] second(String name, double[] token) {
        int inner = 2 * MODEL;
        int heads = 4;
        int groups = 2;
        int shared = groups * MODES;
        double[] all = linear(name + "in_proj", token);
        double[] z = Arrays.copyOf(all, inner);
        double[] xbc = convolve(name, Arrays.copyOfRange(all, inner, 2 * inner + 2 * shared));
        double[] bias = weights(name + "dt_bias");
        double[] log = weights(name + "A_log");
        double[] d = weights(name + "D");
        double[] h = states.computeIfAbsent(name + "h", n -> new double[inner * MODES]);
        double[] y = new double[inner];
        for (int i = 0; i < inner; i++) {
            int head = i * heads / inner;
            int group = head * groups / heads;
            double raw = all[2 * inner + 2 * shared + head] + bias[head];
            double step = Math.log1p(Math.exp(raw));
            step = Math.min(options.dtHigh, Math.max(options.dtLow, step));
            y[i] = d[d.length == heads ? head : i] * xbc[i];
            for (int n = 0; n < MODES; n++) {
                int at = i * MODES + n;
                double b = xbc[inner + group * MODES + n];
                double c = xbc[inner + shared + group * MODES + n];
                h[at] = Math.exp(-step * Math.exp(log[head])) * h[at] + step * b * xbc[i];
                y[i] += c * h[at];
            }
        }
        if (options.norm && options.normFirst) {
            y = norm(y, weights(name + "norm.weight"), options.normGroups, EPSILON);
        }
        for (int i = 0; i < inner; i++) {
            y[i] *= silu(z[i]);
        }
        if (options.norm && !options.normFirst) {
            y = norm(y, weights(name + "norm.weight"), options.normGroups, EPSILON);
        }
        return linear(name + "out_proj", y);
    }

    private double[] convolve(String name, double[] x) {
        double[] taps = weights(name + "conv1d.weight");
        double[] bias = weights(name + "conv1d.bias");
        int width = taps.length / x.length;
        double[] past = states.computeIfAbsent(name + "past", n -> new double[taps.length]);
        double[] result = new double[x.length];
        for (int c = 0; c < x.length; c++) {
            System.arraycopy(past, c * width + 1, past, c * width, width - 1);
            past[c * width + width - 1] = x[c];
            double sum = bias[c];
            for (int k = 0; k < width; k++) {
                sum += taps[c * width + k] * past[c * width + k];
            }
            result[c] = silu(sum);
        }
        return result;
    }

    private double[] linear(String name, double[] x) {
        double[] matrix = weights(name + ".weight");
        double[] result =
                weights.has(name + ".bias")
                        ? weights(name + ".bias")
                        : new double[matrix.length / x.length];
        for (int i = 0; i < result.length; i++) {
            for (int j = 0; j < x.length; j++) {
                result[i] += matrix[i * x.length + j] * x[j];
            }
        }
        return result;
    }

    private static double[] norm(double[] x, double[] weight, int groups, double epsilon) {
        double[] result = new double[x.length];
        int size = x.length / groups;
        for (int i = 0; i < x.length; i++) {
            double squares = 0;
            for (int j = i / size * size; j < i / size * size + size; j++) {
                squares += x[j] * x[j] / size;
            }
            result[i] = x[i] / Math.sqrt(squares + epsilon) * (weight == null ? 1 : weight[i]);
        }
        return result;
    }

    private static double silu(double x) {
        return x / (1 + Math.exp(-x));
    }

    /** All elements of a tensor, a copy. */
    private double[] weights(String name) {
        int[] shape = weights.info(name).shape().stream().mapToInt(Integer::intValue).toArray();
        return weights.doubles(name, shape);
    }
}
