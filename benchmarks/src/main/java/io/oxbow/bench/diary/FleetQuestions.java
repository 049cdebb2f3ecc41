package io.oxbow.bench.diary;

import io.oxbow.flink.event.Answer;
import io.oxbow.flink.event.Query;
import io.oxbow.kafka.BrokerException;
import io.oxbow.kafka.EventMappings;
import io.oxbow.kafka.EventProducer;
import io.oxbow.kafka.EventReader;
import io.oxbow.kafka.KafkaOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.apache.flink.configuration.Configuration;

/** Asks a running job over Kafka, one question at a time, and takes the time of each. */
final class FleetQuestions implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final EventProducer questions;
    private final EventReader<Answer> answers;
    private final List<Double> millis = new ArrayList<>();
    private int asked;

    FleetQuestions(Configuration options) throws Exception {
        Configuration uncommitted = new Configuration(options);
        Map<String, String> properties = new HashMap<>(options.get(KafkaOptions.PROPERTIES));
        // As 'oxbow ask' does: an answer is the same whether or not its checkpoint completes.
        properties.put("isolation.level", "read_uncommitted");
        uncommitted.set(KafkaOptions.PROPERTIES, properties);
        questions = new EventProducer(options);
        answers = EventReader.fromNow(EventMappings.ANSWER, uncommitted);
    }

    /**
     * @param group empty for one stream
     */
    Answer ask(String streamId, String group, String kind, long from, long to, long resolution)
            throws Exception {
        long now = System.currentTimeMillis();
        String id = "diary-" + asked++;
        Query query =
                new Query(
                        id,
                        streamId,
                        group,
                        kind,
                        from,
                        to,
                        0,
                        resolution,
                        now + PATIENCE.toMillis() / 2,
                        now,
                        "");
        long start = System.nanoTime();
        questions.send(EventMappings.QUERY, query);
        questions.flush();
        while (System.nanoTime() - start < PATIENCE.toNanos()) {
            for (Answer answer : answers.poll(Duration.ofMillis(100))) {
                if (answer.queryId().equals(id)) {
                    millis.add((System.nanoTime() - start) * 1e-6);
                    return answer;
                }
            }
        }
        throw new TimeoutException("no answer to " + kind + " of " + streamId);
    }

    /** Forgets the times so far: those of a job that has just started. */
    void begin() {
        millis.clear();
    }

    int answered() {
        return millis.size();
    }

    /** The time that this share of the questions stayed under, milliseconds. */
    double quantile(double share) {
        List<Double> sorted = new ArrayList<>(millis);
        Collections.sort(sorted);
        return sorted.get((int) Math.min(sorted.size() - 1, Math.floor(share * sorted.size())));
    }

    @Override
    public void close() throws BrokerException {
        questions.close();
        answers.close();
    }
}
