package io.oxbow.arch.s4;

import io.oxbow.arch.Complex;
import io.oxbow.arch.ModelConfig;
import io.oxbow.safetensors.Tensors;
import java.util.List;

/**
 * The parameters of a kernel as they are stored, made into numbers: one bank of {@code modes}
 * conjugate pairs for each of {@code channels}, channel-major.
 *
 * @param a (channels, modes): -transform(A_real) - i transform(A_imag)
 * @param b (channels, modes)
 * @param c (channels, modes): as stored, see {@link DplrSystem#recover}
 * @param p (rank, channels, modes): the low-rank part; empty for a diagonal kernel
 * @param dt (channels)
 */
record S4Parameters(Complex[] a, Complex[] b, Complex[] c, Complex[][] p, double[] dt) {
    private static final double RELU_FLOOR = 1e-4;
    private static final double SOFTPLUS_THRESHOLD = 20;

    static S4Parameters read(ModelConfig config, Tensors weights, String kernel, int channels) {
        List<Integer> shape = weights.info(kernel + "A_real").shape();
        int copies = shape.isEmpty() ? 1 : shape.get(0);
        int modes = weights.info(kernel + "A_real").length() / Math.max(1, copies);
        double[] real = weights.doubles(kernel + "A_real", copies, modes);
        double[] imaginary = weights.doubles(kernel + "A_imag", copies, modes);
        Complex[] a = new Complex[copies * modes];
        for (int i = 0; i < a.length; i++) {
            a[i] =
                    new Complex(
                            -transform(config, "real_transform", "exp", real[i]),
                            -transform(config, "imag_transform", "none", imaginary[i]));
        }
        double[] dt = weights.doubles(kernel + "inv_dt", channels, 1);
        boolean fast = config.flag("dt_fast", false);
        for (int h = 0; h < channels; h++) {
            dt[h] = transform(config, "dt_transform", "exp", fast ? Math.sinh(dt[h]) : dt[h]);
        }
        int rank = weights.has(kernel + "P") ? weights.dimension(kernel + "P", 0) : 0;
        Complex[][] p = new Complex[rank][];
        if (rank > 0) {
            Complex[] all = Complex.pairs(weights.doubles(kernel + "P", rank, copies, modes, 2), 1);
            for (int r = 0; r < rank; r++) {
                p[r] = repeated(all, r * copies * modes, copies * modes, channels * modes);
            }
        }
        Complex[] b = Complex.pairs(weights.doubles(kernel + "B", 1, copies, modes, 2), 1);
        return new S4Parameters(
                repeated(a, 0, a.length, channels * modes),
                repeated(b, 0, b.length, channels * modes),
                Complex.pairs(weights.doubles(kernel + "C", 1, channels, modes, 2), 1),
                p,
                dt);
    }

    int channels() {
        return dt.length;
    }

    int modes() {
        return a.length / dt.length;
    }

    /** Channels share the copies of the kernel in turn. */
    private static Complex[] repeated(Complex[] values, int from, int count, int length) {
        Complex[] result = new Complex[length];
        for (int i = 0; i < length; i++) {
            result[i] = values[from + i % count];
        }
        return result;
    }

    private static double transform(
            ModelConfig config, String field, String otherwise, double value) {
        String first = config.has(field) ? "none" : otherwise;
        return switch (config.choice(field, first, "none", "exp", "relu", "sigmoid", "softplus")) {
            case "exp" -> Math.exp(value);
            case "relu" -> Math.max(value, 0) + RELU_FLOOR;
            case "sigmoid" -> 1 / (1 + Math.exp(-value));
            case "softplus" -> value > SOFTPLUS_THRESHOLD ? value : Math.log1p(Math.exp(value));
            default -> value;
        };
    }
}
