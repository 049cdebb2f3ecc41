package io.oxbow.jobs.console;

import io.oxbow.kafka.EventDecodingException;
import io.oxbow.kafka.KafkaOptions;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads the results off Kafka, uncommitted ones too: a page need not wait for a checkpoint, and
 * what a failed job wrote in vain it writes again, the same. Goes on through the broker's absences
 * and says what they cost.
 */
final class ResultReader implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration CHECK = Duration.ofSeconds(2);
    private static final Duration ANSWER_PATIENCE = Duration.ofSeconds(5);
    private static final long RETRY_MILLIS = 500;
    private static final long JOIN_MILLIS = 10_000;
    private static final int RECORDS_PER_POLL = 2_000;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final ResultTopics topics;
    private final Link link;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Thread thread = new Thread(this::work, "oxbow-console-results");

    private final ReadingPlaces places;

    private Set<TopicPartition> assigned = Set.of();
    private long toCatchUp = -1;
    private volatile boolean stopping;

    ResultReader(ReadableConfig options, ResultTopics topics, Link link) {
        this.topics = topics;
        this.link = link;
        this.places = new ReadingPlaces(topics::recordsBack);
        Properties properties = new Properties();
        properties.setProperty("isolation.level", "read_uncommitted");
        properties.setProperty("enable.auto.commit", "false");
        properties.setProperty("allow.auto.create.topics", "false");
        properties.setProperty("auto.offset.reset", "none");
        properties.setProperty("max.poll.records", String.valueOf(RECORDS_PER_POLL));
        properties.setProperty("reconnect.backoff.max.ms", "1000");
        properties.putAll(KafkaOptions.clientProperties(options));
        this.consumer =
                new KafkaConsumer<>(
                        properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    void start() {
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        stopping = true;
        consumer.wakeup();
        boolean interrupted = false;
        try {
            thread.join(JOIN_MILLIS);
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void work() {
        try (consumer) {
            long nextCheck = System.nanoTime();
            while (!stopping) {
                try {
                    if (System.nanoTime() >= nextCheck) {
                        check();
                        nextCheck = System.nanoTime() + CHECK.toNanos();
                    }
                    if (assigned.isEmpty()) {
                        Thread.sleep(RETRY_MILLIS);
                    } else {
                        take(consumer.poll(POLL));
                    }
                } catch (OffsetOutOfRangeException e) {
                    restartWhereThereIsSomething(e.partitions());
                } catch (WakeupException | InterruptException e) {
                    return;
                } catch (KafkaException e) {
                    lost();
                    Thread.sleep(RETRY_MILLIS);
                } catch (UncheckedIOException e) {
                    // The schema registry is away: what was polled is read again.
                    link.remark(e.getCause().getMessage());
                    lost();
                    assigned.forEach(partition -> consumer.seek(partition, places.next(partition)));
                    Thread.sleep(RETRY_MILLIS);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (WakeupException | InterruptException e) {
            // Asked to end while it looked where to go on.
        } catch (RuntimeException e) {
            // A mistake of ours: what is shown stays as it is, and the page says so.
            link.remark("Reading ended, the console must be started anew: " + e);
            link.state(Link.State.LOST);
        }
    }

    private void take(ConsumerRecords<byte[], byte[]> records) {
        for (ConsumerRecord<byte[], byte[]> record : records) {
            try {
                topics.take(record);
            } catch (EventDecodingException | IllegalArgumentException e) {
                link.countUnreadable();
            }
        }
        for (TopicPartition partition : records.partitions()) {
            places.readTo(partition, consumer.position(partition));
        }
    }

    /** Whether the broker answers, which partitions there are, and how far reading has come. */
    private void check() {
        Set<TopicPartition> existing = new HashSet<>();
        Map<String, List<PartitionInfo>> listed = consumer.listTopics(ANSWER_PATIENCE);
        for (String topic : topics.names()) {
            for (PartitionInfo info : listed.getOrDefault(topic, List.of())) {
                existing.add(new TopicPartition(topic, info.partition()));
            }
        }
        boolean moved = !existing.equals(assigned);
        if (moved) {
            consumer.assign(existing);
        }
        Map<TopicPartition, Long> ends = consumer.endOffsets(existing, ANSWER_PATIENCE);
        Map<TopicPartition, Long> begins = consumer.beginningOffsets(existing, ANSWER_PATIENCE);
        ReadingPlaces.Outcome outcome = places.hold(begins, ends);
        if (moved || outcome.moved()) {
            existing.forEach(partition -> consumer.seek(partition, places.next(partition)));
            assigned = Set.copyOf(existing);
        }
        String loss = outcome.loss();
        if (link.state() == Link.State.LOST) {
            link.remark(
                    "Kafka was away from "
                            + time(link.since())
                            + " to "
                            + time(System.currentTimeMillis())
                            + " UTC. "
                            + (loss.isEmpty()
                                    ? "Nothing was lost: reading went on where it had stopped."
                                    : loss));
        } else if (!loss.isEmpty()) {
            link.remark(loss);
        }
        long left = places.left(ends);
        toCatchUp = Math.max(toCatchUp, left);
        link.caughtUp(toCatchUp == 0 ? 1 : 1 - left / (double) toCatchUp);
        if (existing.isEmpty()) {
            link.state(Link.State.CONNECTING);
        } else if (link.state() != Link.State.LIVE) {
            link.state(left <= RECORDS_PER_POLL ? Link.State.LIVE : Link.State.CATCHING_UP);
        }
    }

    /** The next check finds where, and says what is missing. */
    private void restartWhereThereIsSomething(Set<TopicPartition> partitions) {
        try {
            check();
        } catch (KafkaException e) {
            lost();
        }
        partitions.stream()
                .filter(assigned::contains)
                .forEach(partition -> consumer.seek(partition, places.next(partition)));
    }

    private void lost() {
        link.state(Link.State.LOST);
    }

    private static String time(long millis) {
        return TIME.format(Instant.ofEpochMilli(millis));
    }
}
