package io.oxbow.jobs.console;

import io.oxbow.flink.event.Answer;
import io.oxbow.flink.event.ChannelCurve;
import io.oxbow.flink.event.Peak;
import io.oxbow.flink.event.Query;
import io.oxbow.flink.event.RankedStream;
import io.oxbow.flink.event.Timeline;
import io.oxbow.kafka.EventMappings;
import io.oxbow.kafka.EventProducer;
import io.oxbow.kafka.EventReader;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.configuration.Configuration;

/** Answers every question with the same content, as a job might, until it is closed. */
final class StandInJob implements AutoCloseable {
    static final long PEAK_AGO = 40 * 60_000;

    private static final long HOUR = 3_600_000;
    private static final Duration POLL = Duration.ofMillis(100);

    private final Configuration options;
    private final long present;
    private final Thread thread = new Thread(this::work, "stand-in-job");
    private final AtomicInteger answered = new AtomicInteger();
    private final EventReader<Query> queries;
    private volatile boolean stopping;
    private volatile IOException failure;

    private StandInJob(Configuration options, EventReader<Query> queries, long present) {
        this.options = options;
        this.queries = queries;
        this.present = present;
    }

    /** Returns when no later question can be missed. */
    static StandInJob start(Configuration options, long present) throws IOException {
        EventReader<Query> queries = EventReader.fromNow(EventMappings.QUERY, options);
        StandInJob job = new StandInJob(options, queries, present);
        job.thread.setDaemon(true);
        job.thread.start();
        return job;
    }

    /** Questions answered so far. */
    int answered() {
        return answered.get();
    }

    @Override
    public void close() throws IOException {
        stopping = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (failure != null) {
            throw failure;
        }
    }

    private void work() {
        try (queries;
                EventProducer answers = new EventProducer(options)) {
            while (!stopping) {
                for (Query query : queries.poll(POLL)) {
                    answers.send(EventMappings.ANSWER, answer(query));
                    answers.flush();
                    answered.incrementAndGet();
                }
            }
        } catch (IOException e) {
            failure = e;
        }
    }

    private Answer answer(Query query) {
        boolean group = !query.group().isEmpty();
        return new Answer(
                query.queryId(),
                query.streamId(),
                query.group(),
                query.kind(),
                group ? "partial" : "ok",
                present - HOUR,
                present,
                present,
                group ? 0 : 1_234,
                group ? Timeline.EMPTY : curve(2),
                group ? Timeline.EMPTY : curve(0.1f),
                group ? List.of() : List.of(new ChannelCurve(3, "motion, middle", curve(5))),
                group
                        ? List.of()
                        : List.of(new Peak(present - PEAK_AGO, 0.9f, 1e-6f, 3, "motion, middle")),
                List.of(),
                group
                        ? List.of(
                                new RankedStream("gate-2", "ok", 6, present, "gate-2 shook."),
                                new RankedStream("gate-1", "ok", 2, present, "gate-1 was calm."))
                        : List.of(),
                group ? List.of("gate-3") : List.of(),
                group ? Map.of("streams", 3.0, "answered", 2.0) : Map.of(),
                group ? "2 of 3 streams answered." : "All was quiet.",
                "");
    }

    private Timeline curve(float level) {
        return new Timeline(
                present - HOUR,
                HOUR / 3,
                new float[] {level, level * 1.5f, level * 1.2f},
                level / 20,
                level / 10);
    }
}
