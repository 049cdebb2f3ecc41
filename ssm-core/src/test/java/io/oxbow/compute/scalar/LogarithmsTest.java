package io.oxbow.compute.scalar;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class LogarithmsTest {
    private static final double BOUND = 1e-15;

    @Test
    void logarithmsAreThoseOfStrictMathFromTheSmallestFloatToTheLargest() {
        Random random = new Random(1);
        for (int i = 0; i < 1_000_000; i++) {
            double x = StrictMath.exp(-104 + random.nextDouble() * 193);
            double near =
                    1 + (random.nextDouble() - 0.5) * StrictMath.exp(-30 * random.nextDouble());
            assertClose(Logarithms.ln(x), StrictMath.log(x));
            assertClose(Logarithms.ln(near), StrictMath.log(near));
        }
        assertThat(Logarithms.ln(1)).isZero();
        assertClose(Logarithms.ln(Float.MIN_VALUE), StrictMath.log(Float.MIN_VALUE));
        assertClose(Logarithms.ln(Float.MAX_VALUE), StrictMath.log(Float.MAX_VALUE));
    }

    private static void assertClose(double found, double exact) {
        if (!(Math.abs(found - exact) <= BOUND * Math.max(1, Math.abs(exact)))) {
            assertThat(found).isEqualTo(exact);
        }
    }

    @Test
    void exponentialsAreThoseOfStrictMath() {
        Random random = new Random(2);
        for (int i = 0; i < 1_000_000; i++) {
            double x = (random.nextDouble() - 0.5) * 1400;
            double small = x * 1e-4;
            assertThat(Math.abs(Logarithms.exp(x) / StrictMath.exp(x) - 1)).isLessThan(BOUND);
            assertThat(Math.abs(Logarithms.exp(small) / StrictMath.exp(small) - 1))
                    .isLessThan(BOUND);
        }
        assertThat(Logarithms.exp(0)).isEqualTo(1);
    }
}
