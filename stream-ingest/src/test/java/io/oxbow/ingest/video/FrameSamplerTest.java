package io.oxbow.ingest.video;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class FrameSamplerTest {

    private static int taken(double wanted, double source, int frames, double trembleMicros) {
        FrameSampler sampler = new FrameSampler(wanted, source);
        Random random = new Random(3);
        int taken = 0;
        for (int n = 0; n < frames; n++) {
            double tremble = trembleMicros * (random.nextDouble() - 0.5);
            taken += sampler.takes(Math.max(0, Math.round(n * 1e6 / source + tremble))) ? 1 : 0;
        }
        return taken;
    }

    @Test
    void takesTheWantedRateOfAFasterSource() {
        assertThat(taken(10, 30, 300, 0)).isEqualTo(100);
        assertThat(taken(10, 29.97, 2997, 0)).isEqualTo(1000);
        assertThat(taken(1, 25, 250, 0)).isEqualTo(10);
        assertThat(taken(0.5, 25, 250, 0)).isEqualTo(5);
    }

    @Test
    void losesNothingOfASlowerOrEqualSourceThatTrembles() {
        assertThat(taken(10, 10, 500, 40_000)).isEqualTo(500);
        assertThat(taken(10, 5, 100, 40_000)).isEqualTo(100);
    }
}
