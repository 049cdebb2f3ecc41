package io.oxbow.encode;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EncodersTest {
    private static final int FORMAT = 16_000;

    @Test
    void everyEncoderIsMadeByItsId() {
        Set<Long> hashes = new HashSet<>();
        for (String id : Encoders.ids()) {
            Encoder encoder = Encoders.create(id, FORMAT).orElseThrow();
            assertThat(encoder.id()).isEqualTo(id).matches("[a-z0-9-]+\\.v\\d+");
            assertThat(encoder.dim()).isPositive();
            assertThat(encoder.activityChannel()).isBetween(0, encoder.dim() - 1);
            assertThat(hashes.add(encoder.hash())).isTrue();
            assertThat(Encoders.create(id, FORMAT).orElseThrow().hash()).isEqualTo(encoder.hash());
        }
        assertThat(hashes).hasSize(Encoders.ids().size()).doesNotContain(0L);
    }

    @Test
    void anUnknownIdGivesNone() {
        assertThat(Encoders.create("clip.v9", FORMAT)).isEmpty();
    }
}
