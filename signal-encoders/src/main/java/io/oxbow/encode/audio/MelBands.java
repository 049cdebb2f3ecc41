package io.oxbow.encode.audio;

/**
 * Triangular bands, evenly spaced on the mel scale {@code 2595 log10(1 + f / 700)}, each with the
 * peak 1 and reaching to the centres of its neighbours. A band narrower than a bin of the spectrum
 * takes its nearest bin. Immutable.
 */
final class MelBands {
    private final int[] firstBin;
    private final float[][] weights;
    private final float[] centres;

    MelBands(int bands, double lowHertz, double highHertz, double hertzPerBin, int bins) {
        this.firstBin = new int[bands];
        this.weights = new float[bands][];
        this.centres = new float[bands];
        double lowMel = mel(lowHertz);
        double step = (mel(highHertz) - lowMel) / (bands + 1);
        for (int band = 0; band < bands; band++) {
            double left = hertz(lowMel + band * step);
            double centre = hertz(lowMel + (band + 1) * step);
            double right = hertz(lowMel + (band + 2) * step);
            centres[band] = (float) centre;
            int from = (int) Math.floor(left / hertzPerBin) + 1;
            int to = Math.min(bins - 1, (int) Math.ceil(right / hertzPerBin) - 1);
            if (to < from) {
                firstBin[band] = Math.min(bins - 1, (int) Math.round(centre / hertzPerBin));
                weights[band] = new float[] {1};
                continue;
            }
            firstBin[band] = from;
            weights[band] = new float[to - from + 1];
            for (int bin = from; bin <= to; bin++) {
                double hertz = bin * hertzPerBin;
                double weight =
                        hertz < centre
                                ? (hertz - left) / (centre - left)
                                : (right - hertz) / (right - centre);
                weights[band][bin - from] = (float) weight;
            }
        }
    }

    /** Frequency of a band's peak, hertz. */
    float centre(int band) {
        return centres[band];
    }

    /** Sums a power spectrum into the bands. */
    void apply(float[] power, float[] bands) {
        for (int band = 0; band < weights.length; band++) {
            float[] weight = weights[band];
            int first = firstBin[band];
            float sum = 0;
            for (int i = 0; i < weight.length; i++) {
                sum += weight[i] * power[first + i];
            }
            bands[band] = sum;
        }
    }

    private static double mel(double hertz) {
        return 2595 * Math.log10(1 + hertz / 700);
    }

    private static double hertz(double mel) {
        return 700 * (Math.pow(10, mel / 2595) - 1);
    }
}
