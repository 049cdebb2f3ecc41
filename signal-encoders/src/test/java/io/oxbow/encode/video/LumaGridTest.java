package io.oxbow.encode.video;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LumaGridTest {

    @ParameterizedTest
    @CsvSource({
        "64, 48",
        "640, 480",
        "768, 432",
        "128, 96",
        "65, 49",
        "63, 47",
        "1, 1",
        "7, 300",
        "301, 5",
        "640, 360",
        "97, 1031",
        "333, 251",
        "8, 8",
        "2000, 13",
        "13, 26000"
    })
    void agreesWithTheAverageByDefinition(int width, int height) {
        Random random = new Random(width * 31L + height);
        int stride = width + 3;
        byte[] luma = new byte[stride * height];
        random.nextBytes(luma);
        LumaFrame frame =
                new LumaFrame(width, height, luma, stride, new byte[0], new byte[0], 0, true);
        float[] grid = new float[LumaGrid.CELLS];

        new LumaGrid().average(frame, grid);

        double[] rows = columnsAveraged(frame);
        double worst = 0;
        for (int y = 0; y < LumaGrid.HEIGHT; y += 1) {
            for (int x = 0; x < LumaGrid.WIDTH; x++) {
                double sum = 0;
                for (int r = y * height / LumaGrid.HEIGHT; r < height; r++) {
                    double weight = overlap(r, y, height, LumaGrid.HEIGHT);
                    if (weight == 0) {
                        break;
                    }
                    sum += weight * rows[r * LumaGrid.WIDTH + x];
                }
                double expected = sum * LumaGrid.HEIGHT / height;
                worst = Math.max(worst, Math.abs(grid[y * LumaGrid.WIDTH + x] - expected));
            }
        }
        // A float near 255 is known to 1.5e-5.
        assertThat(worst).isLessThan(2e-5);
    }

    @Test
    void anAverageOfOneLevelIsThatLevel() {
        float[] grid = new float[LumaGrid.CELLS];
        new LumaGrid().average(Pictures.flat(77, 131, 200), grid);
        assertThat(grid).containsOnly(200f);
    }

    private static double[] columnsAveraged(LumaFrame frame) {
        double[] rows = new double[frame.height() * LumaGrid.WIDTH];
        for (int r = 0; r < frame.height(); r++) {
            for (int x = 0; x < LumaGrid.WIDTH; x++) {
                double sum = 0;
                for (int c = 0; c < frame.width(); c++) {
                    double weight = overlap(c, x, frame.width(), LumaGrid.WIDTH);
                    sum += weight * (frame.luma()[r * frame.lumaStride() + c] & 0xff);
                }
                rows[r * LumaGrid.WIDTH + x] = sum * LumaGrid.WIDTH / frame.width();
            }
        }
        return rows;
    }

    /**
     * Length that sample {@code i} of {@code samples} shares with cell {@code c} of {@code cells}.
     */
    private static double overlap(int i, int c, int samples, int cells) {
        double from = (double) c * samples / cells;
        double to = (double) (c + 1) * samples / cells;
        return Math.max(0, Math.min(to, i + 1) - Math.max(from, i));
    }
}
