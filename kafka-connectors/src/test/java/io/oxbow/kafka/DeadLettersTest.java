package io.oxbow.kafka;

import static io.oxbow.kafka.FeatureRecords.ENCODER;
import static io.oxbow.kafka.FeatureRecords.TIMESTAMP;
import static io.oxbow.kafka.FeatureRecords.decode;
import static io.oxbow.kafka.FeatureRecords.decodeOne;
import static io.oxbow.kafka.FeatureRecords.encode;
import static io.oxbow.kafka.FeatureRecords.features;
import static io.oxbow.kafka.FeatureRecords.letter;
import static io.oxbow.kafka.FeatureRecords.observation;
import static io.oxbow.kafka.FeatureRecords.record;
import static io.oxbow.kafka.FeatureRecords.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import io.oxbow.flink.event.Observation;
import io.oxbow.flink.event.Rejected;
import io.oxbow.kafka.event.DeadLetter;
import io.oxbow.kafka.event.RecordHeader;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/** What is kept of a record that is refused. */
class DeadLettersTest {
    private final Configuration config = new Configuration();
    private final EventDeserializer deserializer =
            new EventDeserializer(new EventExpectation(3, false, ENCODER), config);

    @Test
    void aHugeRecordIsRefusedUnread() {
        config.set(KafkaOptions.MAX_EVENT_SIZE, new MemorySize(100));
        EventDeserializer small = new EventDeserializer(EventExpectation.none(), config);
        List<Decoded> decoded = new ArrayList<>();

        small.deserialize(record("cam", new byte[101]), new ListCollector<>(decoded));

        assertThat(letter(decoded.get(0)).getError())
                .isEqualTo("The record has 101 bytes; oxbow.kafka.max-event-size allows 100.");
        assertThat(letter(decoded.get(0)).getValue().remaining()).isEqualTo(101);
    }

    @Test
    void aLetterKeepsTheRecord() {
        byte[] value = {9, 8, 7};
        ConsumerRecord<byte[], byte[]> record = record("cam", value);
        record.headers().add("trace", new byte[] {1});
        record.headers().add("trace", null);

        DeadLetter letter = letter(decode(deserializer, record).get(0));

        assertThat(letter)
                .isEqualTo(
                        new DeadLetter(
                                "cam",
                                0L,
                                0L,
                                TIMESTAMP,
                                "oxbow.features",
                                5,
                                6L,
                                TIMESTAMP,
                                ByteBuffer.wrap(utf8("cam")),
                                ByteBuffer.wrap(value),
                                3L,
                                List.of(
                                        new RecordHeader("trace", ByteBuffer.wrap(new byte[] {1})),
                                        new RecordHeader("trace", null)),
                                "decode",
                                "An event begins with a zero byte, this record with 9."));
    }

    @Test
    void aLetterNamesTheEventIfItCanBeTold() {
        DeadLetter letter =
                letter(decodeOne(deserializer, "cam", encode(features(1, Float.NaN, 3))));

        assertThat(letter.getStreamId()).isEqualTo("cam");
        assertThat(letter.getEpoch()).isEqualTo(1);
        assertThat(letter.getSeq()).isEqualTo(2);
    }

    @Test
    void aLetterIsCutToItsLimit() {
        config.set(KafkaOptions.MAX_DEAD_LETTER_SIZE, new MemorySize(100));
        EventDeserializer tight = new EventDeserializer(EventExpectation.none(), config);
        ConsumerRecord<byte[], byte[]> record = record("cam", new byte[5_000]);
        record.headers().add("h", new byte[20]);
        List<Decoded> decoded = new ArrayList<>();

        tight.deserialize(record, new ListCollector<>(decoded));

        DeadLetter letter = letter(decoded.get(0));
        assertThat(letter.getValue().remaining()).isEqualTo(100 - 3 - 17 - 20);
        assertThat(letter.getValueLength()).isEqualTo(5_000);
        assertThat(letter.getHeaders()).hasSize(1);
    }

    @Test
    void aBinaryKeyIsKeptButNamesNoStream() {
        byte[] key = {(byte) 0xFF, 0};
        ConsumerRecord<byte[], byte[]> record =
                new ConsumerRecord<>("oxbow.features", 5, 6, key, new byte[0]);

        DeadLetter letter = letter(decode(deserializer, record).get(0));

        assertThat(letter.getStreamId()).isEmpty();
        assertThat(letter.getKey()).isEqualTo(ByteBuffer.wrap(key));
    }

    @Test
    void aRejectedObservationBecomesALetterThatHoldsIt() throws Exception {
        Observation observation =
                observation(decodeOne(deserializer, "cam", encode(features(1, 2, 3))));

        DeadLetter letter =
                new DeadLetters(config).map(new Rejected(observation, "inference", "No."));

        assertThat(letter.getTopic()).isEqualTo("oxbow.features");
        assertThat(letter.getOffset()).isEqualTo(6);
        assertThat(letter.getStage()).isEqualTo("inference");
        assertThat(letter.getError()).isEqualTo("No.");
        byte[] bytes = new byte[letter.getValue().remaining()];
        letter.getValue().duplicate().get(bytes);
        assertThat(observation(decodeOne(deserializer, "cam", bytes)))
                .usingRecursiveComparison()
                .isEqualTo(observation);
    }
}
