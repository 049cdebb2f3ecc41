package io.oxbow.bench.digits;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class RidgeReadoutTest {
    private static final Offset<Double> ROUNDING = Offset.offset(1e-12);

    /**
     * Inputs 0, 1, 2, 5 have mean 2 and squares about it 14; the last two are of class 1, so their
     * product with the target is 3 and the target's mean 1/2. With strength 1 the weight is 3 / 15.
     */
    @Test
    void fitsOneInputAsByHand() {
        double[][] rows = {{0}, {1}, {2}, {5}};
        RidgeReadout[] readouts = RidgeReadout.fit(rows, new int[] {0, 0, 1, 1}, 2, 1, 16);

        assertThat(readouts[0].scores(new double[] {7})[1]).isEqualTo(0.5 + 5 * 0.2, ROUNDING);
        assertThat(readouts[0].scores(new double[] {7})[0]).isEqualTo(0.5 - 5 * 0.2, ROUNDING);
        assertThat(readouts[1].scores(new double[] {7})[1]).isEqualTo(0.5 + 5 * 0.1, ROUNDING);
        assertThat(readouts[0].classOf(new double[] {1.9})).isZero();
        assertThat(readouts[0].classOf(new double[] {2.1})).isEqualTo(1);
    }

    /**
     * Six points whose mean is (3, -1). About it X'X = [[4, 2], [2, 4]]; with strength 1 the
     * inverse is [[5, -2], [-2, 5]] / 21. Only (1, 1) is of class 1, so X'y = (1, 1), the weights
     * are (1/7, 1/7) and the target's mean is 1/6.
     */
    @Test
    void fitsCorrelatedInputsAsByHand() {
        double[][] rows = {{4, 0}, {2, -2}, {4, -1}, {2, -1}, {3, 0}, {3, -2}};
        int[] labels = {1, 0, 0, 0, 0, 0};
        RidgeReadout readout = RidgeReadout.fit(rows, labels, 2, 1)[0];

        assertThat(readout.scores(new double[] {3, -1})[1]).isEqualTo(1.0 / 6, ROUNDING);
        assertThat(readout.scores(new double[] {10, -1})[1]).isEqualTo(1.0 / 6 + 1, ROUNDING);
        assertThat(readout.scores(new double[] {3, 6})[1]).isEqualTo(1.0 / 6 + 1, ROUNDING);
    }
}
