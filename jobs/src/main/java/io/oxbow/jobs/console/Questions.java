package io.oxbow.jobs.console;

import io.oxbow.flink.event.Answer;
import io.oxbow.flink.event.Query;
import io.oxbow.kafka.EventDecodingException;
import io.oxbow.kafka.EventMappings;
import io.oxbow.kafka.EventProducer;
import io.oxbow.kafka.KafkaOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ReadableConfig;

/** Puts questions to the job and hands their answers on. Any thread. */
final class Questions implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(8);
    private static final int MOST_OPEN = 64;
    private static final String SEND_PATIENCE_MILLIS = "4000";
    private static final String REQUEST_PATIENCE_MILLIS = "3000";

    private final Configuration options;
    private final Map<String, CompletableFuture<io.oxbow.kafka.event.Answer>> open =
            new ConcurrentHashMap<>();
    private EventProducer producer;

    /**
     * An answer, what it cost, and how long it took from the question's sending on.
     *
     * @param framesReRead events read again for it
     */
    record Reply(Answer answer, long framesReRead, long latencyMillis) {}

    Questions(ReadableConfig options) {
        this.options = new Configuration(Configuration.fromMap(options.toMap()));
        Map<String, String> properties = new HashMap<>(options.get(KafkaOptions.PROPERTIES));
        properties.putIfAbsent("max.block.ms", SEND_PATIENCE_MILLIS);
        properties.putIfAbsent("request.timeout.ms", REQUEST_PATIENCE_MILLIS);
        properties.putIfAbsent("delivery.timeout.ms", SEND_PATIENCE_MILLIS);
        this.options.set(KafkaOptions.PROPERTIES, properties);
    }

    /**
     * Asks; returns once the question is sent.
     *
     * @param query its id, deadline and time of asking are put in here
     * @return the reply, or a {@link TimeoutException} if none came in time
     * @throws IOException if it cannot be sent
     */
    CompletableFuture<Reply> ask(Query query) throws IOException {
        if (open.size() >= MOST_OPEN) {
            throw new IOException("too many questions at once, wait for the answers under way");
        }
        String id = UUID.randomUUID().toString();
        CompletableFuture<io.oxbow.kafka.event.Answer> answer = new CompletableFuture<>();
        open.put(id, answer);
        long start = System.nanoTime();
        try {
            send(addressed(query, id));
        } catch (IOException e) {
            open.remove(id);
            throw e;
        }
        return answer.orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete((record, failure) -> open.remove(id))
                .thenApply(record -> reply(record, (System.nanoTime() - start) / 1_000_000));
    }

    private static Query addressed(Query query, String id) {
        long now = System.currentTimeMillis();
        // A group's answer must be gathered, and come, before patience is at its end.
        long patience = query.group().isEmpty() ? PATIENCE.toMillis() : PATIENCE.toMillis() * 2 / 3;
        return new Query(
                id,
                query.streamId(),
                query.group(),
                query.kind(),
                query.from(),
                query.to(),
                query.referenceFrom(),
                query.resolutionMillis(),
                now + patience,
                now,
                "");
    }

    private static Reply reply(io.oxbow.kafka.event.Answer record, long latencyMillis) {
        try {
            return new Reply(
                    EventMappings.ANSWER.toValue(record), record.getFramesReRead(), latencyMillis);
        } catch (EventDecodingException e) {
            throw new IllegalStateException("the answer cannot be read: " + e.getMessage(), e);
        }
    }

    /** An answer came, to a question of ours or of somebody else. */
    void answered(io.oxbow.kafka.event.Answer answer) {
        CompletableFuture<io.oxbow.kafka.event.Answer> waiting = open.get(answer.getQueryId());
        if (waiting != null) {
            waiting.complete(answer);
        }
    }

    private synchronized void send(Query query) throws IOException {
        try {
            if (producer == null) {
                producer = new EventProducer(options);
            }
            producer.send(EventMappings.QUERY, query);
            producer.flush();
        } catch (IOException e) {
            // A producer that failed once may be of no use; the next question makes another.
            discard();
            throw e;
        }
    }

    private void discard() {
        if (producer != null) {
            EventProducer failed = producer;
            producer = null;
            try {
                failed.close();
            } catch (IOException e) {
                // What failed is being told already.
            }
        }
    }

    @Override
    public synchronized void close() {
        discard();
    }
}
