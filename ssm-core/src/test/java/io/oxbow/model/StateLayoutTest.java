package io.oxbow.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class StateLayoutTest {

    @Test
    void laysEachPlaneOutInOrderOfDeclaration() {
        StateLayout.Builder builder = StateLayout.builder();
        StateLayout.Segment memory = builder.f32("memory", 3, 8);
        StateLayout.Segment steps = builder.i64("steps");
        StateLayout.Segment mean = builder.f32("mean", 5);
        StateLayout.Segment seen = builder.i64("seen", 2);

        StateLayout layout = builder.build();

        assertThat(memory.offset()).isZero();
        assertThat(memory.length()).isEqualTo(24);
        assertThat(mean.offset()).isEqualTo(24);
        assertThat(steps.offset()).isZero();
        assertThat(steps.length()).isEqualTo(1);
        assertThat(seen.offset()).isEqualTo(1);
        assertThat(layout.floats()).isEqualTo(29);
        assertThat(layout.longs()).isEqualTo(3);
        assertThat(layout.bytes()).isEqualTo(4 * 29 + 8 * 3);
        assertThat(layout.segment("mean")).isSameAs(mean);
        assertThat(layout.segments()).containsExactly(memory, steps, mean, seen);
    }

    @Test
    void equalDeclarationsHaveEqualFingerprints() {
        assertThat(sample("memory", 3, 8).fingerprint())
                .isEqualTo(sample("memory", 3, 8).fingerprint());
        assertThat(sample("memory", 3, 8)).isEqualTo(sample("memory", 3, 8));
    }

    @Test
    void anotherNameShapeOrTypeIsAnotherFingerprint() {
        StateLayout.Builder longs = StateLayout.builder();
        longs.i64("memory", 3, 8);

        assertThat(
                        new long[] {
                            sample("memory", 3, 8).fingerprint(),
                            sample("memories", 3, 8).fingerprint(),
                            sample("memory", 8, 3).fingerprint(),
                            sample("memory", 24).fingerprint(),
                            longs.build().fingerprint()
                        })
                .doesNotHaveDuplicates();
    }

    @Test
    void theFingerprintIsTheSameInEveryRelease() {
        assertThat(sample("memory", 3, 8).fingerprint()).isEqualTo(1926134586270954265L);
    }

    @Test
    void refusesWhatCannotBeLaidOut() {
        StateLayout.Builder builder = StateLayout.builder();
        builder.f32("memory", 4);

        assertThatThrownBy(() -> builder.i64("memory"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("state segment 'memory' is declared twice");
        assertThatThrownBy(() -> builder.f32("empty", 3, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'empty' has the dimension 0");
        assertThatThrownBy(() -> builder.f32("huge", 1 << 20, 1 << 20))
                .isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> builder.build().segment("absent"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no state segment 'absent'");
    }

    @Test
    void copiesBothPlanesOfARow() {
        StateLayout.Builder builder = StateLayout.builder();
        builder.f32("mean", 2);
        builder.i64("steps");
        StateRows from = new StateRows(builder.build(), 3);
        from.floats()[4] = 1.5f;
        from.floats()[5] = -2;
        from.longs()[2] = 77;
        StateRows to = new StateRows(from.layout(), 2);

        to.copyRow(from, 2, 1);

        assertThat(to.floats()).containsExactly(0, 0, 1.5f, -2);
        assertThat(to.longs()).containsExactly(0, 77);
    }

    private static StateLayout sample(String name, int... shape) {
        StateLayout.Builder builder = StateLayout.builder();
        builder.f32(name, shape);
        return builder.build();
    }
}
