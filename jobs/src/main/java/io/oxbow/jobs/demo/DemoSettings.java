package io.oxbow.jobs.demo;

import io.oxbow.jobs.console.ConsoleAddress;
import java.time.Duration;
import java.util.Optional;
import org.apache.flink.configuration.Configuration;

/**
 * What a demo shows, and how.
 *
 * @param duration for how long the source runs; empty for until told to stop or, where there is no
 *     page to look at, until the source is over
 * @param webPort of Flink's page, 0 for any free one
 * @param page where the web page is served; empty for not at all
 * @param options given by the user, which win over the demo's own
 */
record DemoSettings(
        DemoSource source,
        Optional<Duration> duration,
        int parallelism,
        int webPort,
        Optional<ConsoleAddress> page,
        Configuration options) {}
