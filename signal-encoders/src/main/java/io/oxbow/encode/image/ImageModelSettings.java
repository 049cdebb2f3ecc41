package io.oxbow.encode.image;

import java.io.Serializable;
import java.util.List;

/**
 * How a picture becomes a model's input, and its output a vector.
 *
 * @param mean taken off levels that run from 0 to 1; one for all channels or one for each
 * @param std that the rest is divided by, likewise
 * @param size width and height where the model takes any
 * @param output name of the output that is the vector; empty for the first
 * @param batch pictures in a run at most, where the model takes any number
 * @param threads that one run may use
 * @param appendsMotion whether the vector ends with one value more, how much moves
 */
public record ImageModelSettings(
        List<Double> mean,
        List<Double> std,
        int size,
        String output,
        int batch,
        int threads,
        boolean appendsMotion)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    public ImageModelSettings {
        mean = List.copyOf(mean);
        std = List.copyOf(std);
    }

    /** The mean of a channel. */
    double meanOf(int channel) {
        return mean.get(Math.min(channel, mean.size() - 1));
    }

    /** The deviation of a channel. */
    double stdOf(int channel) {
        return std.get(Math.min(channel, std.size() - 1));
    }

    /**
     * Checks that the means and deviations fit a model.
     *
     * @throws ImageModelException if not
     */
    void requireChannels(int channels) {
        requireCount("means", mean.size(), channels);
        requireCount("deviations", std.size(), channels);
    }

    private static void requireCount(String what, int count, int channels) {
        if (count != 1 && count != channels) {
            throw new ImageModelException(
                    "there are %d %s for a model of %d channels: give one for each, or one for all"
                            .formatted(count, what, channels));
        }
    }
}
