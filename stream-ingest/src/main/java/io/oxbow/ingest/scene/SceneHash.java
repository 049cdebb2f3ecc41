package io.oxbow.ingest.scene;

/** Random numbers that depend on nothing but their place: equal arguments, equal numbers. */
final class SceneHash {
    private SceneHash() {}

    /** 64 well-mixed bits of a seed, a purpose and a position (the finaliser of SplitMix64). */
    static long bits(long seed, int purpose, long position) {
        long z = seed + 0x9E3779B97F4A7C15L * (position * 64 + purpose + 1);
        z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }

    /** A number in [0, 1). */
    static double unit(long seed, int purpose, long position) {
        return (bits(seed, purpose, position) >>> 11) * 0x1p-53;
    }

    /** A whole number in [0, bound). */
    static int below(int bound, long seed, int purpose, long position) {
        return (int) (unit(seed, purpose, position) * bound);
    }
}
