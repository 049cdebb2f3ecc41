package io.oxbow.compute.vector;

import static org.assertj.core.api.Assertions.assertThat;

import io.oxbow.compute.scalar.ScalarFunctions;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.junit.jupiter.api.Test;

/** Errors in units of the last place against doubles, over all scales of the argument. */
class VectorMathTest {
    private static final VectorSpecies<Float> SPECIES = PackedMatrix.SPECIES;
    private static final int LANES = SPECIES.length();

    /** Arguments are every so many floats, counted along their bit patterns. */
    private static final int STRIDE = 97;

    /** Below, e^x is smaller than a normal float. */
    private static final float LOWEST = -87.33f;

    @Test
    void powerOfTwo() {
        check(VectorMathTest::powerOfTwo, x -> Math.pow(2, x), -130, 0, 2.2);
        double factor = 0.3f;
        check(
                x -> VectorMath.powerOfTwo(x, FloatVector.broadcast(SPECIES, 0.3f)),
                x -> Math.pow(2, factor * x),
                -430,
                0,
                2.2);
        assertThat(VectorMath.powerOfTwo(-1e7f, 1e7f)).isZero();
    }

    @Test
    void powerOfTwoOfAVectorAndOfAFloatHaveTheSameBits() {
        for (float x = -130; x < 0; x += 0.0007f) {
            float[] lanes = new float[LANES];
            powerOfTwo(FloatVector.broadcast(SPECIES, x)).intoArray(lanes, 0);
            assertThat(lanes[LANES - 1]).isEqualTo(VectorMath.powerOfTwo(x, 1));
        }
    }

    @Test
    void exp() {
        check(VectorMath::exp, Math::exp, -90, 0, 1);
    }

    @Test
    void log1p() {
        check(VectorMath::log1p, Math::log1p, 0, 1, 1.5);
    }

    @Test
    void softplus() {
        DoubleUnaryOperator exact = x -> Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
        check(VectorMath::softplus, exact, -90, 0, 2);
        check(VectorMath::softplus, exact, 0, 100, 2);
    }

    @Test
    void sigmoid() {
        DoubleUnaryOperator exact = x -> 1 / (1 + Math.exp(-x));
        check(VectorMath::sigmoid, exact, -90, 0, 2.5);
        check(VectorMath::sigmoid, exact, 0, 100, 2.5);
    }

    @Test
    void tanh() {
        check(VectorMath::tanh, Math::tanh, -100, 0, 2);
        check(VectorMath::tanh, Math::tanh, 0, 100, 2);
    }

    @Test
    void heavyTail() {
        check(VectorMath::heavyTail, x -> ScalarFunctions.heavyTail((float) x), -1e6f, 0, 0);
        check(VectorMath::heavyTail, x -> ScalarFunctions.heavyTail((float) x), 0, 1e6f, 0);
    }

    @Test
    void silu() {
        DoubleUnaryOperator exact = x -> x / (1 + Math.exp(-x));
        check(VectorMath::silu, exact, LOWEST, 0, 3.1);
        check(VectorMath::silu, exact, 0, 100, 2.5);
    }

    @Test
    void siluEndsWhereExponentialsDo() {
        for (float x = -87; x > -200; x -= 0.01f) {
            float[] y = new float[LANES];
            VectorMath.silu(FloatVector.broadcast(SPECIES, x)).intoArray(y, 0);
            assertThat(y[0]).isBetween(-87.4f * Float.MIN_NORMAL * 2, 0f);
        }
    }

    @Test
    void gelu() {
        check(VectorMath::gelu, x -> ScalarFunctions.gelu((float) x), -13, 0, 10);
        check(VectorMath::gelu, x -> ScalarFunctions.gelu((float) x), 0, 100, 8);
    }

    @Test
    void notANumberStaysNotANumber() {
        float strange = Float.intBitsToFloat(0x7fc0dead);
        for (float nan : new float[] {Float.NaN, strange, -strange}) {
            assertThat(VectorMath.powerOfTwo(nan, 1)).isNaN();
            assertAllNan(powerOfTwo(FloatVector.broadcast(SPECIES, nan)));
            assertAllNan(VectorMath.exp(FloatVector.broadcast(SPECIES, nan)));
            assertAllNan(VectorMath.softplus(FloatVector.broadcast(SPECIES, nan)));
            assertAllNan(VectorMath.sigmoid(FloatVector.broadcast(SPECIES, nan)));
            assertAllNan(VectorMath.tanh(FloatVector.broadcast(SPECIES, nan)));
            assertAllNan(VectorMath.heavyTail(FloatVector.broadcast(SPECIES, nan)));
            assertAllNan(VectorMath.silu(FloatVector.broadcast(SPECIES, nan)));
            assertAllNan(VectorMath.gelu(FloatVector.broadcast(SPECIES, nan)));
        }
    }

    private static FloatVector powerOfTwo(FloatVector x) {
        return VectorMath.powerOfTwo(x, FloatVector.broadcast(SPECIES, 1));
    }

    private static void assertAllNan(FloatVector values) {
        for (float value : values.toArray()) {
            assertThat(value).isNaN();
        }
    }

    /** Largest error within [low, high], both of one sign, in units of the exact value's place. */
    private static void check(
            UnaryOperator<FloatVector> function,
            DoubleUnaryOperator exact,
            float low,
            float high,
            double limit) {
        float near = Math.abs(low) < Math.abs(high) ? low : high;
        float far = near == low ? high : low;
        int sign = far < 0 ? Integer.MIN_VALUE : 0;
        int last = Float.floatToRawIntBits(Math.abs(far));
        float[] x = new float[LANES];
        float[] y = new float[LANES];
        double worst = 0;
        float where = 0;
        for (int bits = Float.floatToRawIntBits(Math.abs(near)); bits <= last; ) {
            for (int i = 0; i < LANES; i++) {
                x[i] = Float.intBitsToFloat(Math.min(bits, last) | sign);
                bits += STRIDE;
            }
            function.apply(FloatVector.fromArray(SPECIES, x, 0)).intoArray(y, 0);
            for (int i = 0; i < LANES; i++) {
                double error = error(exact.applyAsDouble(x[i]), y[i]);
                if (!(error <= worst)) {
                    worst = error;
                    where = x[i];
                }
            }
        }
        assertThat(worst).as("error at %s", where).isLessThanOrEqualTo(limit);
    }

    private static double error(double exact, float actual) {
        if (Math.abs(exact) < Float.MIN_NORMAL * 1.01) {
            return Math.abs(actual) <= Float.MIN_NORMAL * 1.01 ? 0 : Double.POSITIVE_INFINITY;
        }
        return Math.abs(actual - exact) / Math.ulp((float) exact);
    }
}
