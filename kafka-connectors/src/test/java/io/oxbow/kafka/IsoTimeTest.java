package io.oxbow.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class IsoTimeTest {

    @Test
    void equalsWhatTheJdkWrites() {
        IsoTime time = new IsoTime();
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < 20_000; i++) {
            long millis = random.nextLong(-1_000_000_000_000L, 260_000_000_000_000L);
            check(time, millis);
            check(time, millis / 1000 * 1000);
            check(time, millis + random.nextInt(1000));
        }
        for (long edge : new long[] {0, 999, 1000, 86_399_999, 86_400_000, 253_402_300_799_999L}) {
            check(time, edge);
        }
    }

    private static void check(IsoTime time, long millis) {
        assertThat(time.of(millis)).isEqualTo(Instant.ofEpochMilli(millis).toString());
    }
}
