package io.oxbow.jobs.demo;

import io.oxbow.jobs.console.ConsoleAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.apache.flink.configuration.Configuration;

/**
 * What a demo shows.
 *
 * @param allKinds whether a microphone and a sensor join the made-up places
 * @param video played instead of made-up places
 * @param rate of the video
 * @param duration for how long the cameras run; empty for until told to stop
 * @param webPort of Flink's page, 0 for any free one
 * @param page where the web page is served; empty for not at all
 * @param options given by the user, which win over the demo's own
 */
record DemoSettings(
        int cameras,
        boolean allKinds,
        Optional<Path> video,
        PlaybackRate rate,
        Optional<Duration> duration,
        int parallelism,
        int webPort,
        Optional<ConsoleAddress> page,
        Configuration options) {}
