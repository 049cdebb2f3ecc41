package io.oxbow.compute.vector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every output must be one chain of fused multiply-adds in index order: equal bits, any size. */
class PackedMatrixTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 8, 15, 16, 17, 31, 32, 33, 63, 64, 65, 100})
    void everyWidthEqualsTheSequentialChain(int outDim) {
        for (int inDim : new int[] {1, 5, 64, 511, 512, 513, 1100}) {
            for (int rows : new int[] {1, 3, 4, 5, 9, 17, 29}) {
                compare(outDim, inDim, rows);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"768, 768, 6", "48, 1536, 13", "1000, 3, 2"})
    void modelSizedProductsEqualTheSequentialChain(int outDim, int inDim, int rows) {
        compare(outDim, inDim, rows);
    }

    private static void compare(int outDim, int inDim, int rows) {
        Random random = new Random(31L * outDim + 7L * inDim + rows);
        int inAt = 3;
        int outAt = 5;
        float[] weight = gaussian(random, outDim * inDim);
        float[] in = gaussian(random, inAt + rows * inDim + 2);
        float[] out = gaussian(random, outAt + rows * outDim + 2);
        float[] expected = out.clone();
        for (int r = 0; r < rows; r++) {
            for (int o = 0; o < outDim; o++) {
                float sum = expected[outAt + r * outDim + o];
                for (int i = 0; i < inDim; i++) {
                    sum = Math.fma(in[inAt + r * inDim + i], weight[o * inDim + i], sum);
                }
                expected[outAt + r * outDim + o] = sum;
            }
        }

        new PackedMatrix(weight, outDim, inDim).accumulate(in, inAt, rows, out, outAt);

        assertThat(out).isEqualTo(expected);
    }

    private static float[] gaussian(Random random, int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }
}
