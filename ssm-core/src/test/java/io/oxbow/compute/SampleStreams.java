package io.oxbow.compute;

import java.util.Random;

/**
 * Generated streams of different lengths, levels and scales, some constant, with gaps in time.
 *
 * @param tokens per stream (length, inputDim), row-major
 * @param dt per stream (length), seconds
 * @param eventTimes per stream (length), milliseconds since the epoch
 */
record SampleStreams(int inputDim, float[][] tokens, float[][] dt, long[][] eventTimes) {

    static SampleStreams generate(long seed, int inputDim, int streams, int longest) {
        Random random = new Random(seed);
        float[][] tokens = new float[streams][];
        float[][] dt = new float[streams][];
        long[][] times = new long[streams][];
        for (int s = 0; s < streams; s++) {
            int length = s == 0 ? longest : 1 + random.nextInt(longest);
            tokens[s] = values(random, length * inputDim, s % 4 == 3);
            dt[s] = new float[length];
            times[s] = new long[length];
            long now = 1_700_000_000_000L + random.nextInt(1_000_000);
            for (int t = 0; t < length; t++) {
                long gap = random.nextInt(8) == 0 ? 1 + random.nextInt(5_000_000) : 1_000;
                now += gap;
                dt[s][t] = gap / 1000f;
                times[s][t] = now;
            }
        }
        return new SampleStreams(inputDim, tokens, dt, times);
    }

    private static float[] values(Random random, int count, boolean constant) {
        double level = 3 * random.nextGaussian();
        double scale = constant ? 0 : Math.exp(random.nextGaussian());
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) (level + scale * random.nextGaussian());
        }
        return values;
    }

    int count() {
        return dt.length;
    }

    int length(int stream) {
        return dt[stream].length;
    }

    int totalTokens() {
        int total = 0;
        for (float[] gaps : dt) {
            total += gaps.length;
        }
        return total;
    }
}
