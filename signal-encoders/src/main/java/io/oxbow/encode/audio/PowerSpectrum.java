package io.oxbow.encode.audio;

/**
 * The power spectrum of a stretch of real samples: Hann window, zeros up to a power of two, radix-2
 * transform. A sine of full scale has a peak of about 1. One thread; allocates nothing per call.
 */
final class PowerSpectrum {
    private final int windowLength;
    private final int size;
    private final float[] window;
    private final float[] cosine;
    private final float[] sine;
    private final float[] real;
    private final float[] imaginary;
    private final float scale;

    PowerSpectrum(int windowLength) {
        this.windowLength = windowLength;
        this.size = Math.max(2, Integer.highestOneBit(Math.max(1, windowLength - 1)) << 1);
        this.window = new float[windowLength];
        double sum = 0;
        for (int i = 0; i < windowLength; i++) {
            window[i] = (float) (0.5 - 0.5 * Math.cos(2 * Math.PI * (i + 0.5) / windowLength));
            sum += window[i];
        }
        this.scale = (float) (4 / (sum * sum));
        this.cosine = new float[size / 2];
        this.sine = new float[size / 2];
        for (int i = 0; i < size / 2; i++) {
            cosine[i] = (float) Math.cos(2 * Math.PI * i / size);
            sine[i] = (float) -Math.sin(2 * Math.PI * i / size);
        }
        this.real = new float[size];
        this.imaginary = new float[size];
    }

    /** Number of bins, from 0 to half the sample rate. */
    int bins() {
        return size / 2 + 1;
    }

    /** Samples of the transform: bin {@code i} lies at {@code i * sampleRate / size}. */
    int size() {
        return size;
    }

    /**
     * Computes the spectrum of {@code windowLength} samples.
     *
     * @param power receives {@link #bins()} values
     */
    void compute(float[] samples, int offset, float[] power) {
        for (int i = 0; i < windowLength; i++) {
            real[i] = samples[offset + i] * window[i];
        }
        java.util.Arrays.fill(real, windowLength, size, 0f);
        java.util.Arrays.fill(imaginary, 0f);
        transform();
        for (int i = 0; i <= size / 2; i++) {
            power[i] = scale * (real[i] * real[i] + imaginary[i] * imaginary[i]);
        }
    }

    private void transform() {
        int shift = Integer.numberOfLeadingZeros(size) + 1;
        for (int i = 1; i < size; i++) {
            int j = Integer.reverse(i) >>> shift;
            if (j > i) {
                // The imaginary part is still all zero.
                float kept = real[i];
                real[i] = real[j];
                real[j] = kept;
            }
        }
        for (int half = 1; half < size; half <<= 1) {
            int turn = size / 2 / half;
            for (int start = 0; start < size; start += 2 * half) {
                for (int k = 0; k < half; k++) {
                    int upper = start + k;
                    int lower = upper + half;
                    float c = cosine[k * turn];
                    float s = sine[k * turn];
                    float r = real[lower] * c - imaginary[lower] * s;
                    float i = real[lower] * s + imaginary[lower] * c;
                    real[lower] = real[upper] - r;
                    imaginary[lower] = imaginary[upper] - i;
                    real[upper] += r;
                    imaginary[upper] += i;
                }
            }
        }
    }
}
