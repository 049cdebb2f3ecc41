package io.oxbow.compute.vector;

import static org.assertj.core.api.Assertions.assertThat;

import io.oxbow.plan.WeightFormat;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class F16MatrixTest {
    private static final int OUT = 37;
    private static final int IN = 9;

    /** Up to the largest half, down to subnormal halves and zeros of both signs. */
    @ParameterizedTest
    @ValueSource(floats = {0.01f, 63, 64, 70_000})
    void everyHalfIsUnpackedExactly(float largest) {
        Random random = new Random(4);
        float[] weight = new float[OUT * IN];
        for (int i = 0; i < weight.length; i++) {
            double scale = Math.pow(2, -30 * random.nextDouble());
            weight[i] = (float) (largest * scale * (random.nextBoolean() ? 1 : -1));
        }
        weight[0] = largest;
        weight[1] = 0;
        weight[2] = -0f;
        weight[3] = 0x1p-24f;
        float[] halves = WeightFormat.F16.rounded(weight, IN);

        float[] product = new float[IN * OUT];
        float[] unitVectors = new float[IN * IN];
        for (int i = 0; i < IN; i++) {
            unitVectors[i * IN + i] = 1;
        }
        new F16Matrix(halves, OUT, IN).accumulate(unitVectors, 0, IN, product, 0);

        for (int o = 0; o < OUT; o++) {
            for (int i = 0; i < IN; i++) {
                assertThat(product[i * OUT + o]).isEqualTo(halves[o * IN + i] + 0f);
            }
        }
    }
}
