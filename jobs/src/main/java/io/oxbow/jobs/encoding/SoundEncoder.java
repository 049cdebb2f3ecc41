package io.oxbow.jobs.encoding;

import io.oxbow.encode.audio.LogMelEncoder;
import io.oxbow.flink.event.Recording;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;

/** Stretches of sound to log-mel features, channels averaged; an encoder for each sample rate. */
final class SoundEncoder implements SignalEncoder {
    /** Sample rates that one task meets are few; damage must not fill the memory with others. */
    private static final int MAX_RATES = 64;

    private final Map<Integer, LogMelEncoder> encoders = new HashMap<>();

    @Override
    public long hash(Recording recording) throws RecordingException {
        return encoder(recording.rate()).hash();
    }

    @Override
    public Encoded encode(Recording recording, float[] references) throws RecordingException {
        LogMelEncoder encoder = encoder(recording.rate());
        float[] past = new float[encoder.stateFloats()];
        encoder.restore(references == null ? past : references, 0);
        float[] samples = mono(recording);
        float[] features = new float[LogMelEncoder.DIM];
        encoder.encode(samples, 0, samples.length, features, 0);
        encoder.save(past, 0);
        return new Encoded(encoder.hash(), features, recording.health(), past);
    }

    private LogMelEncoder encoder(int rate) throws RecordingException {
        LogMelEncoder encoder = encoders.get(rate);
        if (encoder == null) {
            try {
                encoder = new LogMelEncoder(rate);
            } catch (IllegalArgumentException e) {
                throw new RecordingException(e.getMessage(), e);
            }
            if (encoders.size() == MAX_RATES) {
                encoders.clear();
            }
            encoders.put(rate, encoder);
        }
        return encoder;
    }

    private static float[] mono(Recording recording) throws RecordingException {
        int channels = recording.channels();
        boolean floats = recording.format().equals("f32");
        ByteBuffer pcm = ByteBuffer.wrap(recording.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        int sampleBytes = floats ? Float.BYTES : Short.BYTES;
        float[] samples = new float[recording.bytes().length / (sampleBytes * channels)];
        for (int i = 0; i < samples.length; i++) {
            float sum = 0;
            for (int channel = 0; channel < channels; channel++) {
                sum += floats ? pcm.getFloat() : pcm.getShort() / 32_768f;
            }
            samples[i] = sum / channels;
            if (!Float.isFinite(samples[i])) {
                throw new RecordingException("sample " + i + " of the sound is " + samples[i]);
            }
        }
        return samples;
    }
}
