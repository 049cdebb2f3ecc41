package io.oxbow.flink.summary;

import java.util.List;

/** What people call the channels of a stream's vectors. */
record ChannelNames(List<String> names) {

    /** The channel's name, or {@code channel 34} where none is given. */
    String of(int channel) {
        return channel < names.size() && !names.get(channel).isBlank()
                ? names.get(channel)
                : "channel " + channel;
    }
}
