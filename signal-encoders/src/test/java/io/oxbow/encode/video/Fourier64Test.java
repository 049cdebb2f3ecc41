package io.oxbow.encode.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class Fourier64Test {

    @Test
    void agreesWithTheSumByDefinition() {
        Random random = new Random(5);
        float[] real = new float[Fourier64.CELLS];
        float[] imaginary = new float[Fourier64.CELLS];
        for (int i = 0; i < Fourier64.CELLS; i++) {
            real[i] = random.nextFloat() - 0.5f;
            imaginary[i] = random.nextFloat() - 0.5f;
        }
        float[] re = real.clone();
        float[] im = imaginary.clone();

        Fourier64.transform(re, im);

        for (int probe = 0; probe < 50; probe++) {
            int u = random.nextInt(64);
            int v = random.nextInt(64);
            double sumReal = 0;
            double sumImaginary = 0;
            for (int y = 0; y < 64; y++) {
                for (int x = 0; x < 64; x++) {
                    double angle = -2 * Math.PI * (u * x + v * y) / 64;
                    double c = Math.cos(angle);
                    double s = Math.sin(angle);
                    sumReal += real[y * 64 + x] * c - imaginary[y * 64 + x] * s;
                    sumImaginary += real[y * 64 + x] * s + imaginary[y * 64 + x] * c;
                }
            }
            assertThat((double) re[u * 64 + v]).isCloseTo(sumReal, within(1e-3));
            assertThat((double) im[u * 64 + v]).isCloseTo(sumImaginary, within(1e-3));
        }
    }

    @Test
    void findsTheShiftOfAPicture() {
        int width = 640;
        int height = 480;
        byte[] view = Pictures.view(width, height, 3);
        float[] reference = new float[LumaGrid.CELLS];
        float[] grid = new float[LumaGrid.CELLS];
        LumaGrid averager = new LumaGrid();
        averager.average(LumaFrame.gray(width, height, view), reference);
        PhaseCorrelation correlation = new PhaseCorrelation();
        int[][] shifts = {{0, 0}, {1, 0}, {0, -2}, {5, 3}, {-9, 4}, {12, -7}};
        for (int[] shift : shifts) {
            byte[] moved = Pictures.shifted(width, height, view, shift[0] * 10, shift[1] * 10);
            averager.average(LumaFrame.gray(width, height, moved), grid);

            correlation.estimate(grid, reference);

            assertThat(new int[] {correlation.shiftX(0), correlation.shiftY(0)})
                    .containsExactly(shift);
        }
    }
}
