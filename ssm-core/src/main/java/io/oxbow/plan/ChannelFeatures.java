package io.oxbow.plan;

import java.util.List;

/**
 * Puts together one feature vector a channel: a one, the channel's own part of each register of
 * {@code own}, then the whole of each register of {@code shared}.
 *
 * @param own each (channels * k), channel-major, for any k
 * @param shared each (k), the same for every channel
 * @param out (channels * features), channel-major
 * @param channels number of channels
 */
public record ChannelFeatures(List<Register> own, List<Register> shared, Register out, int channels)
        implements StepOp {
    public ChannelFeatures {
        own = List.copyOf(own);
        shared = List.copyOf(shared);
        int width = 1;
        for (Register register : own) {
            if (register.width() % channels != 0) {
                throw new IllegalArgumentException(
                        register + " does not divide among " + channels + " channels");
            }
            width += register.width() / channels;
        }
        for (Register register : shared) {
            width += register.width();
        }
        if (out.width() != channels * width) {
            throw new IllegalArgumentException(
                    channels + " vectors of " + width + " features do not fit " + out);
        }
    }

    /** Length of one channel's feature vector. */
    public int features() {
        return out.width() / channels;
    }
}
