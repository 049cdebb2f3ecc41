package io.oxbow.encode;

import java.util.List;

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

    /** The feature that says how much is going on; -1 for the mean of all. */
    int activityChannel();

    /** What people call a feature, for example {@code motion at the top, far left}. */
    default String channelName(int channel) {
        return "feature " + channel;
    }

    /** The features most worth remembering beside the activity, the most telling first. */
    default List<Integer> tellingChannels() {
        return List.of();
    }
}
