package io.oxbow.jobs.ask;

import io.oxbow.flink.event.Answer;
import io.oxbow.flink.event.Query;
import io.oxbow.flink.event.RankedStream;
import io.oxbow.jobs.JobArguments;
import io.oxbow.jobs.cli.DurationConverter;
import io.oxbow.jobs.cli.EventTimeConverter;
import io.oxbow.jobs.cli.OutputOptions;
import io.oxbow.jobs.cli.UserMistake;
import io.oxbow.kafka.EventMappings;
import io.oxbow.kafka.EventProducer;
import io.oxbow.kafka.KafkaOptions;
import io.oxbow.kafka.OxbowTopics;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.apache.flink.configuration.Configuration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Asks a running job about one stream's past and prints the answer. */
@Command(
        name = "ask",
        description = {
            "Ask a running job about the past of a stream, or of a group: names with * and ?,",
            "separated by commas.",
            "The answer is made from the stream's memory; no frame is read again."
        })
public final class AskCommand implements Callable<Integer> {
    private static final List<String> KINDS =
            List.of("status", "history", "peaks", "compare", "baseline", "forecast", "summary");
    private static final int CHART_WIDTH = 72;

    @Mixin private OutputOptions output;
    @Mixin private JobArguments arguments;

    @Parameters(
            index = "0",
            paramLabel = "STREAM",
            description = "The stream's id, or a group such as 'cam-*' or 'gate,yard'.")
    private String stream;

    @Parameters(
            index = "1",
            paramLabel = "KIND",
            description = "status, history, peaks, compare, baseline, forecast or summary.")
    private String kind;

    @Option(
            names = "--from",
            paramLabel = "TIME",
            converter = EventTimeConverter.class,
            description = "Start of the range: 2026-11-23T08:00, -1h, or milliseconds since 1970.")
    private long from;

    @Option(
            names = "--to",
            paramLabel = "TIME",
            converter = EventTimeConverter.class,
            description = "End of the range, exclusive.")
    private long to;

    @Option(
            names = "--compare-from",
            paramLabel = "TIME",
            converter = EventTimeConverter.class,
            description = "For compare: start of the other range; a day earlier if not given.")
    private long compareFrom;

    @Option(
            names = "--resolution",
            paramLabel = "D",
            converter = DurationConverter.class,
            description = "Width of a cell of the curve, for example 5m.")
    private Duration resolution = Duration.ZERO;

    @Option(
            names = "--timeout",
            paramLabel = "D",
            converter = DurationConverter.class,
            description = "How long to wait for the answer; 30s if not given.")
    private Duration timeout = Duration.ofSeconds(30);

    @Override
    public Integer call() throws Exception {
        if (!KINDS.contains(kind)) {
            throw new UserMistake(
                    "there is no question of kind '"
                            + kind
                            + "', ask one of "
                            + String.join(", ", KINDS));
        }
        if (from != 0 && to != 0 && from >= to) {
            throw new UserMistake("--from must lie before --to");
        }
        Configuration options = arguments.configuration();
        OxbowTopics.createMissing(options);
        long start = System.nanoTime();
        String queryId = UUID.randomUUID().toString();
        io.oxbow.kafka.event.Answer answer;
        try (AnswerReader answers = new AnswerReader(options);
                EventProducer questions = new EventProducer(options)) {
            questions.send(EventMappings.QUERY, query(queryId));
            questions.flush();
            answer =
                    answers.await(queryId, timeout)
                            .orElseThrow(() -> new IllegalStateException(silence(options)));
        }
        print(Reply.of(answer, (System.nanoTime() - start) / 1_000_000));
        return 0;
    }

    private Query query(String queryId) {
        long now = System.currentTimeMillis();
        return new Query(
                queryId,
                stream,
                isGroup() ? stream : "",
                kind,
                from,
                to,
                compareFrom,
                resolution.toMillis(),
                deadline(now),
                now,
                "");
    }

    private boolean isGroup() {
        return stream.indexOf('*') >= 0 || stream.indexOf('?') >= 0 || stream.indexOf(',') >= 0;
    }

    /** A group's answer must be gathered, and come, before patience is at its end. */
    private long deadline(long now) {
        return now + (isGroup() ? timeout.toMillis() * 2 / 3 : timeout.toMillis());
    }

    private String silence(Configuration options) {
        return "no answer came within "
                + timeout.toSeconds()
                + " s: is the job running on "
                + options.get(KafkaOptions.BOOTSTRAP_SERVERS)
                + "?";
    }

    private static String figure(double rank) {
        return Double.isNaN(rank) ? "-" : String.format(Locale.ROOT, "%.3g", rank);
    }

    private void print(Reply reply) {
        Answer answer = reply.answer();
        StringBuilder text = new StringBuilder(answer.text());
        if (answer.activity().values().length > 0) {
            text.append(System.lineSeparator())
                    .append(new TimelineChart(CHART_WIDTH).draw(answer.activity()));
        }
        for (RankedStream ranked : answer.ranking()) {
            text.append(System.lineSeparator())
                    .append(
                            "%-24s %10s  %s"
                                    .formatted(
                                            ranked.streamId(),
                                            figure(ranked.rank()),
                                            ranked.text()));
        }
        text.append(System.lineSeparator())
                .append(
                        "%s, answered in %d ms, frames re-read: %d"
                                .formatted(
                                        answer.status(),
                                        reply.latencyMillis(),
                                        reply.framesReRead()));
        output.result(reply, text.toString());
    }
}
