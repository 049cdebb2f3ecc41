package io.oxbow.encode;

/**
 * Turns raw signals of one stream into feature vectors. One instance a stream: it may hold slow
 * references (a background, a level). One thread at a time.
 */
public interface Encoder {

    /** Registered name and version, for example {@code luma-motion-64.v1}. */
    String id();

    /**
     * Identity of everything that decides what a vector means. Equal hashes: vectors may be mixed.
     */
    long hash();

    /** Floats in a feature vector. */
    int dim();

    /** The feature that says how much is going on. */
    int activityChannel();
}
