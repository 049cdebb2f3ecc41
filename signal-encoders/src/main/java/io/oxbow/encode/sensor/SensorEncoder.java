package io.oxbow.encode.sensor;

import io.oxbow.encode.Encoder;
import io.oxbow.encode.EncoderIdentity;

/**
 * Sensor-mask v1: a reading of C channels as it is, with what is missing said. The first C features
 * are the values, a missing one standing at the last value seen (0 before any); the next C are 1
 * where the value is present and 0 where it is missing. One instance a stream, one thread.
 */
public final class SensorEncoder implements Encoder {
    public static final String ID = "sensor-mask.v1";

    private final int channels;
    private final long hash;
    private final float[] last;

    public SensorEncoder(int channels) {
        if (channels < 1) {
            throw new IllegalArgumentException(
                    "a sensor has at least one channel, not " + channels);
        }
        this.channels = channels;
        this.hash = EncoderIdentity.hashOf(ID + "x" + channels);
        this.last = new float[channels];
    }

    @Override
    public String id() {
        return ID;
    }

    /** Differs by the number of channels. */
    @Override
    public long hash() {
        return hash;
    }

    @Override
    public int dim() {
        return 2 * channels;
    }

    @Override
    public int activityChannel() {
        return 0;
    }

    @Override
    public String channelName(int channel) {
        return channel < channels
                ? "value " + (channel + 1)
                : "presence of value " + (channel - channels + 1);
    }

    /**
     * Encodes a reading.
     *
     * @param values (channels), NaN where missing
     * @param features receives {@link #dim} values from {@code offset}
     */
    public void encode(float[] values, float[] features, int offset) {
        for (int channel = 0; channel < channels; channel++) {
            boolean present = !Float.isNaN(values[channel]);
            if (present) {
                last[channel] = values[channel];
            }
            features[offset + channel] = last[channel];
            features[offset + channels + channel] = present ? 1 : 0;
        }
    }

    /** Floats that {@link #save} writes. */
    public int stateFloats() {
        return channels;
    }

    public void save(float[] target, int offset) {
        System.arraycopy(last, 0, target, offset, channels);
    }

    public void restore(float[] source, int offset) {
        System.arraycopy(source, offset, last, 0, channels);
    }
}
