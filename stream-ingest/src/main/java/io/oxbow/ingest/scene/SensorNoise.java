package io.oxbow.ingest.scene;

import java.util.SplittableRandom;

/** The sensor's noise: a long stretch drawn once, read from another place for each picture. */
final class SensorNoise {
    private static final double DEVIATION = 1.6;
    private static final int EXTRA = 65_536;
    private static final int START = 31;

    private final long seed;
    private final byte[] drawn;

    SensorNoise(long seed, int samples) {
        this.seed = seed;
        this.drawn = new byte[samples + EXTRA];
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < drawn.length; i++) {
            // The sum of four uniform numbers is near enough to normal; its variance is 1/3.
            double sum =
                    random.nextDouble()
                            + random.nextDouble()
                            + random.nextDouble()
                            + random.nextDouble()
                            - 2;
            drawn[i] = (byte) Math.round(DEVIATION * Math.sqrt(3) * sum);
        }
    }

    void add(byte[] luma, long time) {
        int start = SceneHash.below(EXTRA, seed, START, time);
        for (int i = 0; i < luma.length; i++) {
            int value = (luma[i] & 0xFF) + drawn[start + i];
            luma[i] = (byte) Math.max(0, Math.min(255, value));
        }
    }
}
