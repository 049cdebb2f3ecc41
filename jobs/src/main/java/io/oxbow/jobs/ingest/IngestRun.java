package io.oxbow.jobs.ingest;

import io.oxbow.ingest.EventSink;
import io.oxbow.ingest.Ingest;
import io.oxbow.ingest.IngestProgress;
import io.oxbow.ingest.ProducerSink;
import io.oxbow.jobs.JobArguments;
import io.oxbow.jobs.cli.OutputOptions;
import io.oxbow.jobs.local.StopSignal;
import io.oxbow.kafka.EventProducer;
import io.oxbow.kafka.OxbowTopics;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.apache.flink.configuration.Configuration;

/**
 * Runs one ingest to its end, or until Ctrl-C, and reports: progress every ten seconds on stderr,
 * one result when it is over.
 */
final class IngestRun {
    private static final long TELL_SECONDS = 10;
    private static final Duration POLL = Duration.ofMillis(200);

    /**
     * Printed when all is written.
     *
     * @param from event time of the first event, milliseconds since the epoch; 0 if there was none
     * @param to event time of the last event
     */
    record Report(
            String stream,
            String source,
            long events,
            long skipped,
            long bytes,
            long from,
            long to,
            double seconds,
            double eventsPerSecond) {}

    private final OutputOptions output;
    private double toldSeconds;

    IngestRun(OutputOptions output) {
        this.output = output;
    }

    void run(
            String stream, String source, JobArguments arguments, Function<EventSink, Ingest> maker)
            throws Exception {
        Configuration options = arguments.configuration();
        OxbowTopics.createMissing(options);
        try (StopSignal stop = StopSignal.listen();
                EventProducer producer = new EventProducer(options)) {
            Ingest ingest = maker.apply(new ProducerSink(producer));
            AtomicBoolean over = new AtomicBoolean();
            Thread watcher = new Thread(() -> watch(stop, over, ingest), "oxbow-ingest-stop");
            watcher.setDaemon(true);
            watcher.start();
            try {
                report(stream, source, ingest.run());
            } finally {
                over.set(true);
                watcher.join();
            }
        }
    }

    /** Tells how far it is, now and then; for the ingest to call as often as it likes. */
    void progress(IngestProgress progress) {
        if (progress.seconds() - toldSeconds >= TELL_SECONDS) {
            toldSeconds = progress.seconds();
            output.note(
                    "%d events, %.0f a second, %d skipped, at %s"
                            .formatted(
                                    progress.events(),
                                    progress.eventsPerSecond(),
                                    progress.skipped(),
                                    Instant.ofEpochMilli(progress.lastEventTime())));
        }
    }

    private static void watch(StopSignal stop, AtomicBoolean over, Ingest ingest) {
        try {
            while (!over.get()) {
                if (stop.await(POLL)) {
                    ingest.stop();
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void report(String stream, String source, IngestProgress progress) {
        Report report =
                new Report(
                        stream,
                        source,
                        progress.events(),
                        progress.skipped(),
                        progress.bytes(),
                        progress.firstEventTime(),
                        progress.lastEventTime(),
                        Math.round(progress.seconds() * 100) / 100.0,
                        Math.round(progress.eventsPerSecond() * 10) / 10.0);
        output.result(
                report,
                "%s: %d events from %s to %s, %d skipped, %.1f s"
                        .formatted(
                                stream,
                                report.events(),
                                Instant.ofEpochMilli(report.from()),
                                Instant.ofEpochMilli(report.to()),
                                report.skipped(),
                                report.seconds()));
    }
}
