package io.oxbow.bench.scale;

import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;

/** Draws streams, each in constant time (Vose's alias method). Seeded; not thread-safe. */
final class StreamChoice {

    /** How often each stream is drawn. */
    enum Access {
        /** All alike. */
        UNIFORM,
        /** The k-th stream in proportion to 1/k. */
        ZIPF;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final SplittableRandom random = new SplittableRandom(17);
    private final float[] keep;
    private final int[] alias;

    StreamChoice(Access access, int streams) {
        this.keep = new float[streams];
        this.alias = new int[streams];
        double[] share = new double[streams];
        for (int i = 0; i < streams; i++) {
            share[i] = access == Access.UNIFORM ? 1 : 1.0 / (i + 1);
        }
        double mean = Arrays.stream(share).sum() / streams;
        int[] small = new int[streams];
        int[] large = new int[streams];
        int smalls = 0;
        int larges = 0;
        for (int i = 0; i < streams; i++) {
            share[i] /= mean;
            if (share[i] < 1) {
                small[smalls++] = i;
            } else {
                large[larges++] = i;
            }
        }
        while (smalls > 0 && larges > 0) {
            int less = small[--smalls];
            int more = large[--larges];
            keep[less] = (float) share[less];
            alias[less] = more;
            share[more] -= 1 - share[less];
            if (share[more] < 1) {
                small[smalls++] = more;
            } else {
                large[larges++] = more;
            }
        }
        while (smalls > 0) {
            keep[small[--smalls]] = 1;
        }
        while (larges > 0) {
            keep[large[--larges]] = 1;
        }
    }

    int next() {
        int i = random.nextInt(keep.length);
        return random.nextDouble() < keep[i] ? i : alias[i];
    }
}
