package io.oxbow.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class WeightFormatTest {
    private static final int ROWS = 7;
    private static final int COLUMNS = 33;

    @Test
    void bf16KeepsEightBits() {
        float[] weight = weight();
        float[] rounded = WeightFormat.BF16.rounded(weight, COLUMNS);

        for (int i = 0; i < weight.length; i++) {
            assertThat(Float.floatToRawIntBits(rounded[i]) & 0xffff).isZero();
            assertThat(rounded[i] - weight[i])
                    .isBetween(-Math.abs(weight[i]) / 256, Math.abs(weight[i]) / 256);
        }
        assertThat(WeightFormat.BF16.rounded(rounded, COLUMNS)).isEqualTo(rounded);
    }

    @Test
    void bf16RoundsTiesToEvenAndStaysInRange() {
        float[] odd = {1 + 0x1p-8f, 1 + 3 * 0x1p-8f, Float.MAX_VALUE, Float.NaN, -0f};

        assertThat(WeightFormat.BF16.rounded(odd, 5))
                .containsExactly(1, 1 + 0x1p-6f, 0x1.fep127f, Float.NaN, -0f);
    }

    @Test
    void f16KeepsElevenBits() {
        float[] weight = weight();
        float[] rounded = WeightFormat.F16.rounded(weight, COLUMNS);

        for (int i = 0; i < weight.length; i++) {
            assertThat(Float.floatToRawIntBits(rounded[i]) & 0x1fff).isZero();
            float error = Math.max(Math.abs(weight[i]) / 2048, 0x1p-25f);
            assertThat(rounded[i] - weight[i]).isBetween(-error, error);
        }
        assertThat(WeightFormat.F16.rounded(rounded, COLUMNS)).isEqualTo(rounded);
    }

    @Test
    void f16RoundsTiesToEvenAndStaysInRange() {
        float[] odd = {1 + 0x1p-11f, 1 + 3 * 0x1p-11f, -1e9f, 0x1p-25f, 3 * 0x1p-25f, Float.NaN};

        assertThat(WeightFormat.F16.rounded(odd, 6))
                .containsExactly(1, 1 + 0x1p-9f, -65504, 0, 0x1p-23f, Float.NaN);
    }

    @Test
    void int8IsWholeNumbersTimesTheScaleOfTheRow() {
        float[] weight = weight();
        float[] rounded = WeightFormat.INT8.rounded(weight, COLUMNS);

        for (int row = 0; row < weight.length; row += COLUMNS) {
            float scale = WeightFormat.int8Scale(weight, row, COLUMNS);
            float again = WeightFormat.int8Scale(rounded, row, COLUMNS);
            assertThat(again).isBetween(scale - Math.ulp(scale), scale + Math.ulp(scale));
            for (int i = row; i < row + COLUMNS; i++) {
                assertThat(Math.round(rounded[i] / again)).isEqualTo(Math.round(weight[i] / scale));
                assertThat(rounded[i] - weight[i]).isBetween(-0.5001f * scale, 0.5001f * scale);
            }
        }
        assertThat(WeightFormat.INT8.rounded(new float[4], 2)).containsOnly(0);
    }

    private static float[] weight() {
        Random random = new Random(8);
        float[] weight = new float[ROWS * COLUMNS];
        for (int i = 0; i < weight.length; i++) {
            weight[i] = (float) (random.nextGaussian() * Math.exp(3 * random.nextGaussian()));
        }
        return weight;
    }
}
