package io.oxbow.bench.digits;

/**
 * A recording as it would be at half its sample rate, brought back to the full rate by band-limited
 * interpolation: everything above a quarter of the sample rate is gone, as if a slower recorder had
 * been used, and an encoder made for the full rate finds its bands at the same frequencies.
 */
final class HalfSampleRate {
    /** Frequencies up to this share of the slower recorder's band are heard as they were. */
    static final double HEARD_SHARE = 0.9;

    /** Taps on each side of the middle one; the transition is then a fortieth of the band. */
    private static final int SIDE = 160;

    /** As a share of the sample rate: in the middle of what is given up. */
    private static final double CUT = 0.25 * (1 + HEARD_SHARE) / 2;

    private static final double[] KERNEL = kernel();

    private HalfSampleRate() {}

    /** The samples that a recorder at half the rate keeps, and between them what they imply. */
    static float[] heard(float[] samples) {
        float[] kept = filtered(samples, 1);
        for (int i = 1; i < kept.length; i += 2) {
            kept[i] = 0;
        }
        return filtered(kept, 2);
    }

    private static float[] filtered(float[] samples, double gain) {
        float[] result = new float[samples.length];
        for (int i = 0; i < samples.length; i++) {
            int from = Math.max(0, i - SIDE);
            int to = Math.min(samples.length - 1, i + SIDE);
            double sum = 0;
            for (int j = from; j <= to; j++) {
                sum += KERNEL[i - j + SIDE] * samples[j];
            }
            result[i] = (float) (gain * sum);
        }
        return result;
    }

    /** A sinc in a Hamming window, its sum one. */
    private static double[] kernel() {
        double[] kernel = new double[2 * SIDE + 1];
        double sum = 0;
        for (int i = 0; i < kernel.length; i++) {
            double x = 2 * Math.PI * CUT * (i - SIDE);
            double window = 0.54 + 0.46 * Math.cos(Math.PI * (i - SIDE) / SIDE);
            kernel[i] = window * (x == 0 ? 1 : Math.sin(x) / x);
            sum += kernel[i];
        }
        for (int i = 0; i < kernel.length; i++) {
            kernel[i] /= sum;
        }
        return kernel;
    }
}
