package io.oxbow.jobs.demo;

import io.oxbow.flink.event.Anomaly;
import io.oxbow.flink.event.Summary;
import io.oxbow.jobs.cli.JsonLines;
import io.oxbow.jobs.cli.OutputOptions;
import java.net.URI;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Shows a demo in the terminal: one line a finding, progress, and the totals. */
final class DemoConsole implements ResultWatcher.Audience {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final OutputOptions output;
    private final boolean showsProgress;

    DemoConsole(OutputOptions output, boolean showsProgress) {
        this.output = output;
        this.showsProgress = showsProgress;
    }

    void starting(String cameras) {
        output.note("Starting a Kafka broker, a Flink cluster and " + cameras + " ...");
    }

    /**
     * @param page Oxbow's page, or null if there is none
     */
    void started(URI page, URI web, String broker) {
        if (page != null) {
            output.note("Look: " + page);
        }
        output.note("Flink's page: " + web + "   Kafka: " + broker + "   Ctrl-C ends it.");
    }

    @Override
    public void summary(Summary summary) {
        output.result(
                JsonLines.typed("summary", summary),
                "%s  %s".formatted(time(summary.to()), summary.text()));
    }

    @Override
    public void anomaly(Anomaly anomaly) {
        output.result(
                JsonLines.typed("anomaly", anomaly),
                "%s  %s  %s"
                        .formatted(
                                time(anomaly.eventTime()),
                                anomaly.phase() == Anomaly.Phase.OPEN ? "ALERT" : "over ",
                                anomaly.text()));
    }

    void progress(DemoTotals totals) {
        if (showsProgress) {
            output.note(sentence(totals));
        }
    }

    void ended(DemoTotals totals) {
        output.result(JsonLines.typed("totals", totals), sentence(totals));
    }

    private static String sentence(DemoTotals totals) {
        return String.format(
                Locale.ROOT,
                "%,d events of %d streams, %.1f a second, %d checkpoints, %d summaries,"
                        + " %d anomalies, %d dead letters",
                totals.events(),
                totals.streams(),
                totals.eventsPerSecond(),
                totals.checkpoints(),
                totals.summaries(),
                totals.anomalies(),
                totals.deadLetters());
    }

    private static String time(long millis) {
        return TIME.format(Instant.ofEpochMilli(millis));
    }
}
