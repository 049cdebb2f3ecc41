package io.oxbow.bench.digits;

/** The baseline that knows no order: mean and standard deviation of each feature over time. */
final class MomentFeatures implements UtteranceFeatures {

    @Override
    public String name() {
        return "baseline";
    }

    @Override
    public double[] of(float[][] frames, FrameRate rate) {
        int width = frames[0].length;
        int seen = rate.seen(frames.length);
        double[] result = new double[2 * width];
        for (int f = 0; f < width; f++) {
            double mean = 0;
            for (int i = 0; i < frames.length; i += rate.stride()) {
                mean += frames[i][f] / seen;
            }
            double variance = 0;
            for (int i = 0; i < frames.length; i += rate.stride()) {
                variance += (frames[i][f] - mean) * (frames[i][f] - mean) / seen;
            }
            result[f] = mean;
            result[width + f] = Math.sqrt(variance);
        }
        return result;
    }
}
