package io.oxbow.jobs.encoding;

import io.oxbow.encode.video.FrameEncoder;
import io.oxbow.flink.event.Health;
import io.oxbow.flink.event.Recording;

/** Pictures of a fixed camera to its features, and whether they can be believed. */
final class PictureEncoder implements SignalEncoder {
    private final FrameEncoder encoder;
    private final PictureDecoder decoder = new PictureDecoder();

    PictureEncoder(FrameEncoder encoder) {
        this.encoder = encoder;
    }

    @Override
    public long hash(Recording recording) {
        return encoder.hash();
    }

    @Override
    public Encoded encode(Recording recording, float[] references) throws RecordingException {
        var frame = decoder.decode(PictureBytes.of(recording));
        References.resume(encoder, references);
        float[] features = new float[encoder.dim()];
        encoder.encode(frame, recording.eventTime(), features, 0);
        // The camera's own word for what is amiss stands above what can be seen.
        Health health =
                recording.health() == Health.OK
                        ? Health.valueOf(encoder.health().name())
                        : recording.health();
        return new Encoded(encoder.hash(), features, health, References.of(encoder));
    }
}
