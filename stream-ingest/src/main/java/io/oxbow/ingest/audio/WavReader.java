package io.oxbow.ingest.audio;

import io.oxbow.ingest.SourceException;
import io.oxbow.ingest.SourceFiles;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.UnsupportedAudioFileException;

/**
 * Reads a WAV, AIFF or AU file as mono samples from -1 to 1: PCM of 8 to 32 bits, A-law and mu-law,
 * channels averaged. One thread.
 */
public final class WavReader implements Closeable {
    private final AudioInputStream input;
    private final int sampleRate;
    private final int channels;
    private final long frames;
    private byte[] bytes = {};

    /**
     * @param frames samples of a channel, as far as the file says and is long enough for
     */
    private WavReader(AudioInputStream input, long frames) {
        this.input = input;
        this.frames = frames;
        this.sampleRate = Math.round(input.getFormat().getSampleRate());
        this.channels = input.getFormat().getChannels();
    }

    /**
     * Opens a file.
     *
     * @throws SourceException if there is none, or it is no sound that can be read
     */
    public static WavReader open(String name) throws IOException {
        var file = SourceFiles.require(name).toFile();
        try {
            AudioInputStream raw = AudioSystem.getAudioInputStream(file);
            AudioFormat format = raw.getFormat();
            int bits = format.getSampleSizeInBits();
            boolean possible =
                    format.getSampleRate() >= 1
                            && format.getChannels() > 0
                            && (bits == AudioSystem.NOT_SPECIFIED || bits % 8 == 0);
            if (!possible) {
                raw.close();
                throw new SourceException(
                        "%s says that it has %d channels of %.0f samples a second, %d bits each; this cannot be read."
                                .formatted(
                                        name, format.getChannels(), format.getSampleRate(), bits));
            }
            AudioFormat wanted =
                    new AudioFormat(format.getSampleRate(), 16, format.getChannels(), true, false);
            // A header that was never filled in, or of a file cut short, says more than there is.
            long frames = Math.max(0, raw.getFrameLength());
            if (format.getFrameSize() > 0) {
                frames = Math.min(frames, file.length() / format.getFrameSize());
            }
            return new WavReader(AudioSystem.getAudioInputStream(wanted, raw), frames);
        } catch (UnsupportedAudioFileException | IllegalArgumentException | EOFException e) {
            throw new SourceException(
                    name + " is not a sound that can be read; WAV, AIFF and AU files can.", e);
        }
    }

    /** Samples a second. */
    public int sampleRate() {
        return sampleRate;
    }

    /** Length of the file, milliseconds, to within its header; 0 if it does not say. */
    public long durationMillis() {
        return frames * 1000 / sampleRate;
    }

    /** Reads up to so many samples; fewer only at the end. */
    public int read(float[] samples, int count) throws IOException {
        int frameBytes = 2 * channels;
        if (bytes.length < count * frameBytes) {
            bytes = new byte[count * frameBytes];
        }
        int read = input.readNBytes(bytes, 0, count * frameBytes) / frameBytes;
        for (int i = 0; i < read; i++) {
            int sum = 0;
            for (int channel = 0; channel < channels; channel++) {
                int at = i * frameBytes + 2 * channel;
                sum += bytes[at + 1] << 8 | bytes[at] & 0xff;
            }
            samples[i] = sum / (32_768f * channels);
        }
        return read;
    }

    @Override
    public void close() throws IOException {
        input.close();
    }
}
