package io.oxbow.kafka;

import java.io.Serializable;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;

/**
 * Tells whether a topic named in an event exists. Writing to one that does not would hold a sink up
 * for a minute and then fail the job, so that anybody's question could stop it.
 *
 * <p>Asks the broker the first time it hears a name and remembers the answer: for good if there is
 * such a topic, else for half a minute. Not thread-safe.
 */
final class RequestedTopics implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final long ABSENT_NANOS = Duration.ofSeconds(30).toNanos();
    private static final int REMEMBERED = 1000;

    private record Verdict(boolean exists, long atNanos) {
        boolean holds() {
            return exists || System.nanoTime() - atNanos < ABSENT_NANOS;
        }
    }

    private final Properties client;
    private transient Map<String, Verdict> verdicts;

    RequestedTopics(Properties client) {
        this.client = client;
    }

    boolean exists(String topic) {
        if (verdicts == null) {
            verdicts =
                    new LinkedHashMap<>() {
                        private static final long serialVersionUID = 1L;

                        @Override
                        protected boolean removeEldestEntry(Map.Entry<String, Verdict> eldest) {
                            return size() > REMEMBERED;
                        }
                    };
        }
        Verdict verdict = verdicts.get(topic);
        if (verdict == null || !verdict.holds()) {
            verdict = new Verdict(ask(topic), System.nanoTime());
            verdicts.put(topic, verdict);
        }
        return verdict.exists;
    }

    private boolean ask(String topic) {
        try (Admin admin = Admin.create(client)) {
            admin.describeTopics(List.of(topic))
                    .allTopicNames()
                    .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (ExecutionException | TimeoutException e) {
            // Not there, not a legal name, not ours to see: all the same to the one who asked.
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
