package io.oxbow.jobs.demo;

import io.oxbow.encode.video.FrameEncoder;
import io.oxbow.flink.event.Observation;
import io.oxbow.ingest.scene.SceneCamera;
import io.oxbow.ingest.scene.SceneKind;
import java.util.Locale;

/** A camera over a made-up place, whose time passes faster than ours. */
final class RenderedCamera implements Camera {
    /** Time in the scene between two pictures. */
    static final long STEP_MILLIS = 400;

    private static final int WIDTH = 320;
    private static final int HEIGHT = 240;

    private final SceneCamera scene;
    private final FeatureEncoding encoding;
    private long timeMillis;

    /**
     * @param number of the camera, from 1; it decides on the place and what happens there
     * @param startMillis time in the scene of the first picture
     */
    RenderedCamera(int number, FrameEncoder encoder, long startMillis) {
        SceneKind[] kinds = SceneKind.values();
        SceneKind kind = kinds[(number - 1) % kinds.length];
        this.scene = new SceneCamera(kind, number, WIDTH, HEIGHT);
        this.encoding =
                new FeatureEncoding(kind.name().toLowerCase(Locale.ROOT) + "-" + number, encoder);
        this.timeMillis = startMillis;
    }

    @Override
    public Observation next() {
        Observation observation = encoding.encode(scene.picture(timeMillis), timeMillis);
        timeMillis += STEP_MILLIS;
        return observation;
    }

    @Override
    public void close() {
        // Nothing is held open.
    }
}
