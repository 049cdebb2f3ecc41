package io.oxbow.flink;

import java.io.Serializable;
import java.util.List;

/**
 * What the numbers of one encoder's vectors are, as far as people and memories care.
 *
 * @param names what people call the channels, by index; may be shorter than the vectors
 * @param activityChannel the channel that says how much is going on, or -1 for the mean of all
 * @param telling the channels most worth remembering, the most telling first
 */
public record VectorMeaning(List<String> names, int activityChannel, List<Integer> telling)
        implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Of vectors of which nothing is known. */
    public static final VectorMeaning UNKNOWN = new VectorMeaning(List.of(), -1, List.of());

    public VectorMeaning {
        names = List.copyOf(names);
        telling = List.copyOf(telling);
    }

    /** The channel's name, or {@code channel 34} where none is given. */
    public String nameOf(int channel) {
        return channel >= 0 && channel < names.size() && !names.get(channel).isBlank()
                ? names.get(channel)
                : "channel " + channel;
    }
}
