package io.oxbow.jobs.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class CellRingTest {
    private static final long CELL = 1_000;

    @Test
    void aCellIsTheMeanOfItsEvents() {
        CellRing ring = new CellRing(CELL, 4);
        ring.add(10_100, 1, 0);
        ring.add(10_900, 4, 2);
        ring.add(12_000, 7, 0);

        CellRing.Cells cells = ring.read(9, 4);

        assertThat(cells.from()).isEqualTo(9_000);
        assertThat(cells.values()).containsExactly(Float.NaN, 2.5f, Float.NaN, 7);
        assertThat(cells.surprises()).containsExactly(Float.NaN, 2, Float.NaN, 0);
        assertThat(cells.sources()).isEqualTo("0404");
    }

    @Test
    void aBetterSourceReplacesAWorseOneAndNotTheOtherWayRound() {
        CellRing ring = new CellRing(CELL, 3);
        ring.fill(0, 3_000, 9, CellRing.COARSE);
        ring.fill(0, 3_000, 5, CellRing.HELD);
        ring.fill(1_000, 3_000, 6, CellRing.CURVE);
        ring.add(2_500, 1, 0);
        ring.fill(0, 3_000, 8, CellRing.CURVE);

        assertThat(ring.read(0, 3).values()).containsExactly(8, 6, 1);
        assertThat(ring.read(0, 3).sources()).isEqualTo("334");
    }

    /** Against a plain map of all events ever. */
    @Test
    void itHoldsTheNewestCellsWhateverTheOrder() {
        Random random = new Random(3);
        CellRing ring = new CellRing(CELL, 16);
        double[] sum = new double[200];
        int[] count = new int[200];
        int newest = -1;
        int[] firstKept = {0};
        for (int i = 0; i < 2_000; i++) {
            int cell = Math.min(199, Math.max(0, i / 12 - random.nextInt(20)));
            newest = Math.max(newest, cell);
            float value = random.nextInt(100);
            ring.add(cell * CELL + random.nextInt((int) CELL), value, 0);
            if (cell > newest - 16) {
                sum[cell] += value;
                count[cell]++;
            }
            firstKept[0] = newest - 15;
        }
        float[] values = ring.read(firstKept[0], 16).values();
        for (int i = 0; i < 16; i++) {
            int cell = firstKept[0] + i;
            if (count[cell] == 0) {
                assertThat(values[i]).isNaN();
            } else {
                assertThat((double) values[i])
                        .isCloseTo(
                                sum[cell] / count[cell], org.assertj.core.data.Offset.offset(1e-3));
            }
        }
    }

    @Test
    void aLeapFarAheadForgetsAll() {
        CellRing ring = new CellRing(CELL, 4);
        ring.add(1_000, 1, 0);
        ring.add(Long.MAX_VALUE / 2, 2, 0);

        assertThat(ring.read(0, 4).sources()).isEqualTo("0000");
        assertThat(ring.read(ring.newest(), 1).values()).containsExactly(2);
    }

    @Test
    void aCurveLongerThanTheRingTouchesNoMoreThanIt() {
        CellRing ring = new CellRing(CELL, 4);
        ring.fill(0, 1_000_000_000L, 1, CellRing.CURVE);

        assertThat(ring.read(ring.newest() - 5, 6).sources()).isEqualTo("003333");
    }
}
