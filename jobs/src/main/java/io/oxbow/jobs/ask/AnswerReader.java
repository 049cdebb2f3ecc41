package io.oxbow.jobs.ask;

import io.oxbow.kafka.EventDecoder;
import io.oxbow.kafka.EventDecodingException;
import io.oxbow.kafka.EventTypes;
import io.oxbow.kafka.KafkaOptions;
import io.oxbow.kafka.SchemaSource;
import io.oxbow.kafka.event.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Waits for the answer to one question. Reads uncommitted records: an answer is the same whether or
 * not the checkpoint it belongs to completes, and a person need not wait for that.
 */
public final class AnswerReader implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final EventDecoder decoder;

    /**
     * Begins to listen: answers from now on are not missed.
     *
     * @throws IOException if the broker does not answer
     */
    public AnswerReader(ReadableConfig options) throws IOException {
        decoder = new EventDecoder(SchemaSource.of(options));
        Properties properties = KafkaOptions.clientProperties(options);
        String topic = KafkaOptions.topic(options, EventTypes.ANSWER);
        try {
            consumer =
                    new KafkaConsumer<>(
                            properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
            List<TopicPartition> partitions =
                    consumer.partitionsFor(topic).stream()
                            .map(partition -> new TopicPartition(topic, partition.partition()))
                            .toList();
            consumer.assign(partitions);
            consumer.seekToEnd(partitions);
            // Seeking is lazy; asking for the position makes it happen before the question is sent.
            partitions.forEach(consumer::position);
        } catch (KafkaException e) {
            throw new IOException("the answers cannot be read from Kafka: " + e.getMessage(), e);
        }
    }

    /**
     * The answer, or empty if none came in time.
     *
     * @throws IOException if the schema registry does not answer
     */
    public Optional<Answer> await(String queryId, Duration patience) throws IOException {
        long giveUp = System.nanoTime() + patience.toNanos();
        while (System.nanoTime() < giveUp) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                try {
                    Answer answer = decoder.decode(EventTypes.ANSWER, record.value());
                    if (answer.getQueryId().equals(queryId)) {
                        return Optional.of(answer);
                    }
                } catch (EventDecodingException e) {
                    // Somebody else's record on this topic is not the answer.
                } catch (UncheckedIOException e) {
                    throw e.getCause();
                }
            }
        }
        return Optional.empty();
    }

    @Override
    public void close() {
        consumer.close();
    }
}
