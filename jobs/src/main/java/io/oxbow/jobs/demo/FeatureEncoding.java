package io.oxbow.jobs.demo;

import io.oxbow.encode.video.FrameEncoder;
import io.oxbow.encode.video.LumaFrame;
import io.oxbow.flink.event.Health;
import io.oxbow.flink.event.Observation;
import io.oxbow.flink.event.Origin;

/** Makes one stream's observations of its pictures, numbered from 0. One thread. */
final class FeatureEncoding {
    private final String streamId;
    private final long epoch = System.currentTimeMillis();
    private final FrameEncoder encoder;
    private long seq;

    FeatureEncoding(String streamId, FrameEncoder encoder) {
        this.streamId = streamId;
        this.encoder = encoder;
    }

    Observation encode(LumaFrame picture, long timeMillis) {
        float[] features = new float[encoder.dim()];
        encoder.encode(picture, timeMillis, features, 0);
        return new Observation(
                streamId,
                epoch,
                seq++,
                timeMillis,
                System.currentTimeMillis(),
                encoder.hash(),
                features,
                Health.valueOf(encoder.health().name()),
                Origin.NONE);
    }
}
