package io.oxbow.encode.sensor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SensorEncoderTest {

    @Test
    void aMissingValueStandsAtTheLastOneAndIsMarked() {
        SensorEncoder encoder = new SensorEncoder(3);
        float[] features = new float[7];

        encoder.encode(new float[] {1, Float.NaN, 3}, features, 1);
        assertThat(features).containsExactly(0, 1, 0, 3, 1, 0, 1);

        encoder.encode(new float[] {Float.NaN, 5, Float.NaN}, features, 1);
        assertThat(features).containsExactly(0, 1, 5, 3, 0, 1, 0);
    }

    @Test
    void aRestoredEncoderGoesOn() {
        SensorEncoder before = new SensorEncoder(2);
        before.encode(new float[] {4, 7}, new float[4], 0);
        float[] state = new float[before.stateFloats()];
        before.save(state, 0);
        SensorEncoder after = new SensorEncoder(2);
        after.restore(state, 0);
        float[] features = new float[4];

        after.encode(new float[] {Float.NaN, 8}, features, 0);

        assertThat(features).containsExactly(4, 8, 0, 1);
        assertThat(after.hash()).isNotEqualTo(new SensorEncoder(3).hash());
    }
}
