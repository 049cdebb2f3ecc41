package io.oxbow.examples;

import io.oxbow.kafka.EventDecoder;
import io.oxbow.kafka.EventDecodingException;
import io.oxbow.kafka.EventTypes;
import io.oxbow.kafka.event.Summary;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Plain Java and Kafka's own consumer: what every hour looked like, as it is committed. */
public final class ReadSummaries {
    private ReadSummaries() {}

    public static void main(String[] arguments) throws EventDecodingException {
        Properties properties = new Properties();
        properties.put("bootstrap.servers", arguments[0]);
        properties.put("group.id", "summary-readers");
        properties.put("auto.offset.reset", "earliest");
        properties.put("isolation.level", "read_committed");
        long wanted = arguments.length > 1 ? Long.parseLong(arguments[1]) : Long.MAX_VALUE;
        EventDecoder decoder = new EventDecoder();
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(
                        properties, new StringDeserializer(), new ByteArrayDeserializer())) {
            consumer.subscribe(List.of("oxbow.summaries"));
            while (wanted > 0) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
                    Summary summary = decoder.decode(EventTypes.SUMMARY, record.value());
                    System.out.println(record.key() + ": " + summary.getText());
                    wanted--;
                }
            }
        }
    }
}
