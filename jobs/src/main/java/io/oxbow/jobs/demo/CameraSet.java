package io.oxbow.jobs.demo;

import io.oxbow.ingest.SourceException;
import io.oxbow.ingest.video.VideoOptions;
import io.oxbow.jobs.encoding.FrameEncoders;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * The cameras of a demo, what else it shows, and the lengths of time that suit the pace of their
 * clocks.
 *
 * @param picturesPerSecond of each camera, by the clock on the wall
 * @param windows lengths of event time to summarise
 * @param description one sentence
 */
record CameraSet(
        List<Feed> cameras, double picturesPerSecond, List<Duration> windows, String description) {

    private static final double RENDERED_PER_SECOND = 100;

    /**
     * Made-up places, from half past four yesterday afternoon (UTC), while they are busy.
     *
     * @param allKinds whether a microphone and a sensor come with them
     * @param encoders of the cameras; stays open as long as they run
     */
    static CameraSet rendered(int count, boolean allKinds, FrameEncoders encoders) {
        long start =
                Instant.now()
                        .truncatedTo(ChronoUnit.DAYS)
                        .minus(Duration.ofHours(24 - 16))
                        .plus(Duration.ofMinutes(30))
                        .toEpochMilli();
        List<Feed> cameras = new ArrayList<>();
        for (int number = 1; number <= count; number++) {
            cameras.add(new RenderedCamera(number, encoders.create(), start));
        }
        if (allKinds) {
            cameras.add(new MadeUpMicrophone(start));
            cameras.add(new MadeUpSensor(start));
        }
        long pace = Math.round(RENDERED_PER_SECOND * RenderedCamera.STEP_MILLIS / 1000);
        return new CameraSet(
                cameras,
                RENDERED_PER_SECOND,
                List.of(Duration.ofMinutes(2), Duration.ofMinutes(10)),
                "%d made-up places%s, where %d seconds pass in one of ours"
                        .formatted(count, allKinds ? ", a microphone and a sensor" : "", pace));
    }

    /**
     * One file, played by every camera.
     *
     * @param encoders of the cameras; stays open as long as they run
     * @throws SourceException if it cannot be played
     */
    static CameraSet playing(Path video, int count, PlaybackRate rate, FrameEncoders encoders)
            throws SourceException {
        long start = System.currentTimeMillis();
        List<Feed> cameras = new ArrayList<>();
        double picturesPerSecond = 1;
        try {
            for (int number = 1; number <= count; number++) {
                LoopedVideo camera =
                        new LoopedVideo(
                                "video-" + number,
                                encoders.create(),
                                video.toString(),
                                VideoOptions.standard(),
                                start);
                picturesPerSecond = camera.picturesPerSecond() * rate.factor();
                cameras.add(camera);
            }
        } catch (SourceException e) {
            for (Feed camera : cameras) {
                ((LoopedVideo) camera).close();
            }
            throw e;
        }
        return new CameraSet(
                cameras,
                picturesPerSecond,
                List.of(Duration.ofSeconds(5), Duration.ofMinutes(1)),
                video.getFileName()
                        + " in a loop on "
                        + count
                        + (count == 1 ? " camera" : " cameras"));
    }
}
