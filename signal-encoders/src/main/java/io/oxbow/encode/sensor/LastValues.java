package io.oxbow.encode.sensor;

/**
 * The last value seen of each channel of a sensor, which stands in where one is missing. A model
 * that cannot be told of a gap then sees a channel that did not change, which surprises it least.
 * One instance a stream, one thread.
 */
public final class LastValues {
    private final float[] last;

    /** Of a sensor that has said nothing yet: a channel's missing values are 0 until it speaks. */
    public LastValues(int channels) {
        if (channels < 1) {
            throw new IllegalArgumentException(
                    "a sensor has at least one channel, not " + channels);
        }
        this.last = new float[channels];
    }

    public int channels() {
        return last.length;
    }

    /** Makes a channel's missing values {@code value} until it speaks. */
    public void begin(int channel, float value) {
        last[channel] = value;
    }

    /**
     * Takes a reading and puts the last values in its gaps.
     *
     * @param values (channels), NaN where missing
     * @return how many were present; where none was, nothing is known and the gaps stay
     */
    public int fill(float[] values) {
        int present = 0;
        for (int channel = 0; channel < last.length; channel++) {
            if (!Float.isNaN(values[channel])) {
                last[channel] = values[channel];
                present++;
            }
        }
        if (present > 0) {
            System.arraycopy(last, 0, values, 0, last.length);
        }
        return present;
    }

    /** Writes (channels) floats. */
    public void save(float[] target, int offset) {
        System.arraycopy(last, 0, target, offset, last.length);
    }

    public void restore(float[] source, int offset) {
        System.arraycopy(source, offset, last, 0, last.length);
    }
}
