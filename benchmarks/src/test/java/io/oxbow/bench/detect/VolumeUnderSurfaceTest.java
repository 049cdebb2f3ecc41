package io.oxbow.bench.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.oxbow.bench.detect.LabelledSeries.RowRange;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class VolumeUnderSurfaceTest {

    /** The expected figures were printed by the authors' own code for the same scores. */
    @Test
    void agreesWithTheReferenceImplementation() {
        assertVolume(300, 20, 31, 0.669302643023, range(40, 60), range(200, 209));
        assertVolume(
                500, 37, 53, 0.756385371913, range(100, 180), range(190, 230), range(470, 499));
        assertVolume(1000, 100, 71, 0.676994100671, range(500, 700));
    }

    @Test
    void theWindowIsThePeriodWhereThereIsOne() {
        double[] wave = new double[2000];
        Arrays.setAll(wave, i -> Math.sin(2 * Math.PI * i / 50));
        assertThat(VolumeUnderSurface.windowOf(wave)).isEqualTo(50);
        assertThat(VolumeUnderSurface.windowOf(new double[2000])).isEqualTo(125);
    }

    private static void assertVolume(
            int rows, int window, int factor, double expected, RowRange... anomalies) {
        double[] scores = new double[rows];
        Arrays.setAll(scores, i -> i * factor % 97 / 97.0);
        for (RowRange range : anomalies) {
            for (int i = range.first(); i <= range.last(); i++) {
                scores[i] += i % 3 != 0 ? 0.6 : 0;
            }
        }
        assertThat(VolumeUnderSurface.precisionRecall(scores, List.of(anomalies), window))
                .isCloseTo(expected, within(1e-9));
    }

    private static RowRange range(int first, int last) {
        return new RowRange(first, last);
    }
}
