package io.oxbow.encode.audio;

import io.oxbow.encode.Encoder;
import io.oxbow.encode.EncoderIdentity;
import java.util.Arrays;
import java.util.List;

/**
 * LogMel-43 v1: what a stretch of sound is like, in 43 numbers, from windows of 25 ms every 10 ms.
 *
 * <table>
 *   <caption>Layout</caption>
 *   <tr><td>0..39</td><td>mean over the stretch's windows of ln(1e-10 + power) in 40 mel bands from 40
 *       Hz to 8 kHz, or half the sample rate if that is less</td></tr>
 *   <tr><td>40</td><td>level: 1 + dB / 100 of the mean square, full scale being 0 dB; at least 0; the
 *       activity</td></tr>
 *   <tr><td>41</td><td>flatness: mean over the windows of the geometric by the arithmetic mean of the
 *       power, 1 for white noise or silence</td></tr>
 *   <tr><td>42</td><td>onset: the largest rise from one window to the next, as the mean over the bands
 *       of relu(rise of the log power)</td></tr>
 * </table>
 *
 * <p>Windows run across the borders of stretches, so it does not matter how a sound is cut, as long
 * as every stretch completes a window. One instance a stream, one thread; allocates nothing per
 * stretch.
 */
public final class LogMelEncoder implements Encoder {
    public static final String ID = "log-mel-43.v1";
    public static final int BANDS = 40;
    public static final int DIM = BANDS + 3;

    private static final int LEVEL = 40;
    private static final int FLATNESS = 41;
    private static final int ONSET = 42;
    private static final double LOWEST_HERTZ = 40;
    private static final double HIGHEST_HERTZ = 8000;
    private static final float FLOOR = 1e-10f;

    private final int sampleRate;
    private final long hash;
    private final int windowLength;
    private final int hop;
    private final PowerSpectrum spectrum;
    private final MelBands melBands;
    private final float[] pending;
    private final float[] power;
    private final float[] bands = new float[BANDS];
    private final float[] lastBands = new float[BANDS];
    private final float[] sums = new float[BANDS];
    private int pendingCount;
    private boolean hasLast;
    private int windows;
    private double flatnessSum;
    private float onset;

    /**
     * @param sampleRate samples a second, 2000 to 192,000
     */
    public LogMelEncoder(int sampleRate) {
        if (sampleRate < 2000 || sampleRate > 192_000) {
            throw new IllegalArgumentException(
                    "a sample rate lies in 2000..192000 Hz, not " + sampleRate);
        }
        this.sampleRate = sampleRate;
        this.hash = EncoderIdentity.hashOf(ID + "@" + sampleRate);
        this.windowLength = Math.round(sampleRate * 0.025f);
        this.hop = Math.round(sampleRate * 0.01f);
        this.spectrum = new PowerSpectrum(windowLength);
        double highest = Math.min(HIGHEST_HERTZ, sampleRate / 2.0);
        double hertzPerBin = (double) sampleRate / spectrum.size();
        this.melBands = new MelBands(BANDS, LOWEST_HERTZ, highest, hertzPerBin, spectrum.bins());
        this.pending = new float[windowLength];
        this.power = new float[spectrum.bins()];
    }

    @Override
    public String id() {
        return ID;
    }

    /** Differs by sample rate, which decides where the bands lie. */
    @Override
    public long hash() {
        return hash;
    }

    @Override
    public int dim() {
        return DIM;
    }

    @Override
    public int activityChannel() {
        return LEVEL;
    }

    @Override
    public String channelName(int channel) {
        return switch (channel) {
            case LEVEL -> "loudness";
            case FLATNESS -> "noisiness";
            case ONSET -> "sudden sound";
            default -> "sound near " + rounded(melBands.centre(channel)) + " Hz";
        };
    }

    /** Two digits, as people name frequencies. */
    private static int rounded(float hertz) {
        int unit = hertz < 100 ? 1 : hertz < 1000 ? 10 : 100;
        return Math.round(hertz / unit) * unit;
    }

    @Override
    public List<Integer> tellingChannels() {
        return List.of(ONSET, FLATNESS);
    }

    public int sampleRate() {
        return sampleRate;
    }

    /** Floats that {@link #save} writes. */
    public int stateFloats() {
        return 2 + windowLength + BANDS;
    }

    /**
     * Encodes a stretch.
     *
     * @param samples mono, -1..1
     * @param features receives {@link #DIM} values from {@code featureOffset}; unless the stretch
     *     completes a window, only the level means something and the bands are silent
     */
    public void encode(
            float[] samples, int offset, int count, float[] features, int featureOffset) {
        Arrays.fill(sums, 0);
        windows = 0;
        flatnessSum = 0;
        onset = 0;
        double square = 0;
        for (int i = offset; i < offset + count; i++) {
            square += samples[i] * samples[i];
            pending[pendingCount++] = samples[i];
            if (pendingCount == windowLength) {
                addWindow();
                System.arraycopy(pending, hop, pending, 0, windowLength - hop);
                pendingCount -= hop;
            }
        }
        for (int band = 0; band < BANDS; band++) {
            features[featureOffset + band] =
                    windows == 0 ? (float) Math.log(FLOOR) : sums[band] / windows;
        }
        double decibels = 10 * Math.log10(FLOOR + square / Math.max(1, count));
        features[featureOffset + LEVEL] = (float) Math.max(0, 1 + decibels / 100);
        features[featureOffset + FLATNESS] = windows == 0 ? 1 : (float) (flatnessSum / windows);
        features[featureOffset + ONSET] = onset;
    }

    /** Writes what the next stretch needs of the past. */
    public void save(float[] target, int offset) {
        target[offset] = pendingCount;
        target[offset + 1] = hasLast ? 1 : 0;
        Arrays.fill(target, offset + 2, offset + 2 + windowLength, 0);
        System.arraycopy(pending, 0, target, offset + 2, pendingCount);
        System.arraycopy(lastBands, 0, target, offset + 2 + windowLength, BANDS);
    }

    /**
     * Reads what {@link #save} wrote at the same sample rate.
     *
     * @throws IllegalArgumentException if it is something else
     */
    public void restore(float[] source, int offset) {
        float count = source[offset];
        float last = source[offset + 1];
        boolean valid =
                count >= 0
                        && count < windowLength
                        && count == (int) count
                        && (last == 0 || last == 1);
        if (!valid) {
            throw new IllegalArgumentException("this is not the past of an encoder of sound");
        }
        pendingCount = (int) count;
        hasLast = last == 1;
        System.arraycopy(source, offset + 2, pending, 0, pendingCount);
        System.arraycopy(source, offset + 2 + windowLength, lastBands, 0, BANDS);
    }

    private void addWindow() {
        spectrum.compute(pending, 0, power);
        melBands.apply(power, bands);
        float rise = 0;
        for (int band = 0; band < BANDS; band++) {
            float log = (float) Math.log(FLOOR + bands[band]);
            sums[band] += log;
            rise += Math.max(0, log - lastBands[band]);
            lastBands[band] = log;
        }
        if (hasLast) {
            onset = Math.max(onset, rise / BANDS);
        }
        hasLast = true;
        windows++;
        flatnessSum += flatness();
    }

    private double flatness() {
        double logs = 0;
        double sum = 0;
        for (float value : power) {
            double floored = value + FLOOR;
            logs += Math.log(floored);
            sum += floored;
        }
        return Math.exp(logs / power.length) / (sum / power.length);
    }
}
