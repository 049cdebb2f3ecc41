package io.oxbow.compute.tornado;

import io.oxbow.plan.ActivationFunction;
import uk.ac.manchester.tornado.api.math.TornadoMath;

/**
 * Element-wise functions, inlined into the kernels that call them. Computed in double and rounded
 * once, as in {@link io.oxbow.compute.scalar.ScalarFunctions}; a function's number is its ordinal,
 * because the device knows no enums.
 */
final class DeviceFunctions {
    static final double LN_10 = 2.302585092994046;

    private static final int GELU = ActivationFunction.GELU.ordinal();
    private static final int SILU = ActivationFunction.SILU.ordinal();
    private static final int SOFTPLUS = ActivationFunction.SOFTPLUS.ordinal();
    private static final int SIGMOID = ActivationFunction.SIGMOID.ordinal();
    private static final int TANH = ActivationFunction.TANH.ordinal();
    private static final int RELU = ActivationFunction.RELU.ordinal();

    private DeviceFunctions() {}

    static float value(int function, float x) {
        if (function == GELU) {
            return gelu(x);
        }
        if (function == SILU) {
            return (float) (x / (1 + TornadoMath.exp(-(double) x)));
        }
        if (function == SOFTPLUS) {
            return softplus(x);
        }
        if (function == SIGMOID) {
            return (float) (1 / (1 + TornadoMath.exp(-(double) x)));
        }
        if (function == TANH) {
            return (float) TornadoMath.tanh((double) x);
        }
        if (function == RELU) {
            return x < 0 ? 0 : x;
        }
        return x >= 0 ? 1 + x : 1 / (1 - x);
    }

    /** Within {@code -bound .. bound}; what is not a number stays so. */
    static double within(double x, double bound) {
        return atLeast(atMost(x, bound), -bound);
    }

    /** What is not a number stays so. */
    static double atLeast(double x, double least) {
        return x < least ? least : x;
    }

    /** What is not a number stays so. */
    static double atMost(double x, double most) {
        return x > most ? most : x;
    }

    /**
     * The weight of the next token in a running mean: that of an ordinary mean, until it would fall
     * below {@code least}.
     */
    static double weightAfter(long seen, double least) {
        return atLeast(1.0 / (seen + 1), least);
    }

    /** {@code log(1 + e^x)}; the series where the sum would lose e^x. */
    static float softplus(float x) {
        if (x > 20) {
            return x;
        }
        double e = TornadoMath.exp((double) x);
        if (x < -12) {
            return (float) (e * (1 - 0.5 * e));
        }
        return (float) TornadoMath.log(1 + e);
    }

    /** {@code x Phi(x)}; coefficients as in the reference. */
    static float gelu(float x) {
        double z = (x < 0 ? -(double) x : (double) x) * 0.7071067811865476;
        double t = 2 / (2 + z);
        double u = 2 * t - 1;
        double sum = 1.5401816846441274e-05;
        sum = sum * u - 8.705098932401038e-05;
        sum = sum * u - 3.825410355445387e-05;
        sum = sum * u + 0.0005731255016052307;
        sum = sum * u - 0.0001758054747933959;
        sum = sum * u - 0.0022881236592914213;
        sum = sum * u + 0.0017670032542344946;
        sum = sum * u + 0.008808544324449186;
        sum = sum * u - 0.009873662468949922;
        sum = sum * u - 0.04689359030493603;
        sum = sum * u + 0.047343341093529376;
        sum = sum * u + 0.6726431522588392;
        sum = sum * u - 0.6717940840566934;
        double upper = 0.5 * t * TornadoMath.exp(sum - z * z);
        return (float) (x < 0 ? x * upper : x * (1 - upper));
    }
}
