package io.oxbow.encode.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogMelEncoderTest {
    private static final int RATE = 16_000;

    private static float[] sine(double hertz, double amplitude, int rate, int count) {
        float[] samples = new float[count];
        for (int i = 0; i < count; i++) {
            samples[i] = (float) (amplitude * Math.sin(2 * Math.PI * hertz * i / rate));
        }
        return samples;
    }

    private static float[] noise(double amplitude, int count, long seed) {
        Random random = new Random(seed);
        float[] samples = new float[count];
        for (int i = 0; i < count; i++) {
            samples[i] = (float) (amplitude * random.nextGaussian());
        }
        return samples;
    }

    private static float[] encode(LogMelEncoder encoder, float[] samples) {
        float[] features = new float[LogMelEncoder.DIM];
        encoder.encode(samples, 0, samples.length, features, 0);
        return features;
    }

    @Test
    void theSpectrumAgreesWithTheSumByDefinition() {
        float[] samples = noise(0.3, 200, 1);
        PowerSpectrum spectrum = new PowerSpectrum(200);
        float[] power = new float[spectrum.bins()];

        spectrum.compute(samples, 0, power);

        assertThat(spectrum.size()).isEqualTo(256);
        double windowSum = 100;
        for (int bin = 0; bin < spectrum.bins(); bin += 7) {
            double real = 0;
            double imaginary = 0;
            for (int i = 0; i < 200; i++) {
                double window = 0.5 - 0.5 * Math.cos(2 * Math.PI * (i + 0.5) / 200);
                real += window * samples[i] * Math.cos(2 * Math.PI * bin * i / 256);
                imaginary -= window * samples[i] * Math.sin(2 * Math.PI * bin * i / 256);
            }
            double expected = 4 * (real * real + imaginary * imaginary) / (windowSum * windowSum);
            assertThat((double) power[bin]).isCloseTo(expected, within(1e-6 + 1e-4 * expected));
        }
    }

    @ParameterizedTest
    @CsvSource({"200", "440", "1000", "3000", "6000"})
    void aToneIsLoudestInItsBand(double hertz) {
        float[] features = encode(new LogMelEncoder(RATE), sine(hertz, 0.5, RATE, RATE));

        double mel = 2595 * Math.log10(1 + hertz / 700);
        double low = 2595 * Math.log10(1 + 40 / 700.0);
        double high = 2595 * Math.log10(1 + 8000 / 700.0);
        double band = (mel - low) / (high - low) * 41 - 1;
        int loudest = 0;
        for (int i = 1; i < LogMelEncoder.BANDS; i++) {
            loudest = features[i] > features[loudest] ? i : loudest;
        }
        assertThat((double) loudest).isCloseTo(band, within(0.75));
        // 0.125 is the mean square.
        assertThat((double) features[40]).isCloseTo(1 + Math.log10(0.125) / 10, within(1e-3));
        assertThat(features[41]).isLessThan(0.01f);
    }

    @Test
    void silenceIsTheFloor() {
        float[] features = encode(new LogMelEncoder(RATE), new float[RATE]);

        float floor = (float) Math.log(1e-10);
        for (int band = 0; band < LogMelEncoder.BANDS; band++) {
            assertThat(features[band]).isEqualTo(floor, within(1e-4f));
        }
        assertThat(features[40]).isEqualTo(0, within(1e-6f));
        assertThat(features[41]).isEqualTo(1, within(1e-6f));
        assertThat(features[42]).isZero();
    }

    @Test
    void whiteNoiseIsFlat() {
        // The geometric mean of exponentially distributed power is exp(-0.577) of its mean.
        assertThat(encode(new LogMelEncoder(RATE), noise(0.1, 4 * RATE, 2))[41])
                .isEqualTo((float) Math.exp(-0.5772), within(0.03f));
    }

    @Test
    void aClapIsAnOnset() {
        LogMelEncoder encoder = new LogMelEncoder(RATE);
        float steady = 0;
        for (int n = 0; n < 10; n++) {
            float onset = encode(encoder, noise(0.01, RATE / 4, n))[42];
            steady = n == 0 ? 0 : Math.max(steady, onset);
        }
        float[] clap = noise(0.01, RATE / 4, 50);
        System.arraycopy(noise(0.5, 800, 51), 0, clap, 2000, 800);

        assertThat(encode(encoder, clap)[42]).isGreaterThan(3 * steady);
    }

    @ParameterizedTest
    @ValueSource(ints = {2000, 8000, 11_025, 22_050, 44_100, 48_000, 192_000})
    void anyRateGivesFiniteFeatures(int rate) {
        LogMelEncoder encoder = new LogMelEncoder(rate);
        float[] features = encode(encoder, noise(0.1, rate / 4, 3));
        for (float feature : features) {
            assertThat(feature).isFinite();
        }
        assertThat(encoder.hash()).isNotEqualTo(new LogMelEncoder(16_001).hash());
    }

    @Test
    void theCutIntoStretchesDoesNotChangeTheWindows() {
        float[] samples = noise(0.1, 8000, 4);
        LogMelEncoder whole = new LogMelEncoder(RATE);
        float[] one = encode(whole, samples);
        LogMelEncoder cut = new LogMelEncoder(RATE);
        float onset = 0;
        for (int from = 0; from < 8000; from += 500) {
            onset = Math.max(onset, encode(cut, Arrays.copyOfRange(samples, from, from + 500))[42]);
        }

        assertThat(onset).isEqualTo(one[42]);
    }

    @Test
    void aRestoredEncoderGoesOnBitForBit() {
        float[] samples = noise(0.1, 8000, 5);
        LogMelEncoder before = new LogMelEncoder(RATE);
        encode(before, Arrays.copyOf(samples, 4100));
        float[] state = new float[before.stateFloats() + 1];
        before.save(state, 1);
        LogMelEncoder after = new LogMelEncoder(RATE);
        after.restore(state, 1);
        float[] rest = Arrays.copyOfRange(samples, 4100, 8000);

        assertThat(encode(after, rest)).isEqualTo(encode(before, rest));
        state[1] = 0.5f;
        assertThatThrownBy(() -> new LogMelEncoder(RATE).restore(state, 1))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
