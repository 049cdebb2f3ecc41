package io.oxbow.jobs.demo;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.apache.flink.configuration.Configuration;

/**
 * What a demo shows.
 *
 * @param video played instead of made-up places
 * @param rate of the video
 * @param duration for how long the cameras run; empty for until told to stop
 * @param webPort of Flink's page, 0 for any free one
 * @param options given by the user, which win over the demo's own
 */
record DemoSettings(
        int cameras,
        Optional<Path> video,
        PlaybackRate rate,
        Optional<Duration> duration,
        int parallelism,
        int webPort,
        Configuration options) {}
