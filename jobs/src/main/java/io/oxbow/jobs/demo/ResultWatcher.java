package io.oxbow.jobs.demo;

import io.oxbow.flink.event.Anomaly;
import io.oxbow.flink.event.Summary;
import io.oxbow.kafka.EventDecoder;
import io.oxbow.kafka.EventDecodingException;
import io.oxbow.kafka.EventMappings;
import io.oxbow.kafka.EventType;
import io.oxbow.kafka.EventTypes;
import io.oxbow.kafka.KafkaOptions;
import io.oxbow.kafka.SchemaSource;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads the results that the job has committed, from the first on, counts them and shows them. What
 * it counts is therefore what any other consumer of committed records finds.
 */
final class ResultWatcher implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final long JOIN_MILLIS = 20_000;

    /** Is told of every result, on the watcher's thread. */
    interface Audience {
        void summary(Summary summary);

        void anomaly(Anomaly anomaly);
    }

    private final Audience audience;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Map<String, EventType<?>> typeOfTopic;
    private final EventDecoder decoder;
    private final Set<ByteBuffer> streams = new HashSet<>();
    private final Thread thread = new Thread(this::work, "oxbow-results");

    private volatile boolean finishing;
    private volatile Counts counts = new Counts(0, 0, 0, 0, 0);
    private volatile Exception failure;

    /**
     * What was committed so far.
     *
     * @param events inferences
     * @param streams distinct streams among them
     */
    record Counts(long events, int streams, long summaries, long anomalies, long deadLetters) {}

    /** The topics must exist. */
    ResultWatcher(ReadableConfig options, Audience audience) {
        this.audience = audience;
        this.decoder = new EventDecoder(SchemaSource.of(options));
        this.typeOfTopic =
                Map.of(
                        KafkaOptions.topic(options, EventTypes.INFERENCE), EventTypes.INFERENCE,
                        KafkaOptions.topic(options, EventTypes.SUMMARY), EventTypes.SUMMARY,
                        KafkaOptions.topic(options, EventTypes.ANOMALY), EventTypes.ANOMALY,
                        KafkaOptions.topic(options, EventTypes.DEAD_LETTER),
                                EventTypes.DEAD_LETTER);
        Properties properties = new Properties();
        properties.setProperty("isolation.level", "read_committed");
        properties.putAll(KafkaOptions.clientProperties(options));
        this.consumer =
                new KafkaConsumer<>(
                        properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    void start() {
        thread.start();
    }

    Counts counts() {
        return counts;
    }

    /** Throws what ended the thread, if something did. */
    void check() throws Exception {
        if (failure != null) {
            throw failure;
        }
    }

    /** Reads on to the last result committed by now, and ends. */
    Counts finish() throws Exception {
        finishing = true;
        thread.join(JOIN_MILLIS);
        check();
        return counts;
    }

    @Override
    public void close() {
        finishing = true;
        try {
            thread.join(JOIN_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void work() {
        try (consumer) {
            List<TopicPartition> partitions =
                    typeOfTopic.keySet().stream().flatMap(this::partitions).toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            boolean last = false;
            while (!last) {
                last = finishing && atEnd(partitions);
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    take(record);
                }
            }
        } catch (EventDecodingException | RuntimeException e) {
            failure = e;
        }
    }

    private Stream<TopicPartition> partitions(String topic) {
        return consumer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()));
    }

    private boolean atEnd(List<TopicPartition> partitions) {
        return consumer.endOffsets(partitions).entrySet().stream()
                .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    private void take(ConsumerRecord<byte[], byte[]> record) throws EventDecodingException {
        EventType<?> type = typeOfTopic.get(record.topic());
        Counts old = counts;
        long events = old.events();
        long summaries = old.summaries();
        long anomalies = old.anomalies();
        long deadLetters = old.deadLetters();
        if (type == EventTypes.INFERENCE) {
            events++;
            streams.add(ByteBuffer.wrap(record.key()));
        } else if (type == EventTypes.SUMMARY) {
            summaries++;
            audience.summary(
                    EventMappings.SUMMARY.toValue(
                            decoder.decode(EventTypes.SUMMARY, record.value())));
        } else if (type == EventTypes.ANOMALY) {
            anomalies++;
            audience.anomaly(
                    EventMappings.ANOMALY.toValue(
                            decoder.decode(EventTypes.ANOMALY, record.value())));
        } else {
            deadLetters++;
        }
        counts = new Counts(events, streams.size(), summaries, anomalies, deadLetters);
    }
}
