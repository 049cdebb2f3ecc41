package io.oxbow.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.oxbow.flink.event.ModelUpdate;
import io.oxbow.flink.event.ModelVerdict;
import io.oxbow.flink.event.ModelVerdict.Outcome;
import io.oxbow.flink.event.Origin;
import io.oxbow.kafka.event.DeadLetter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class ModelUpdatesTest {
    private static final String SHA256 = "ab".repeat(32);
    private static final ModelUpdate UPDATE =
            new ModelUpdate(
                    "door", 7, "s3://models/7", SHA256, 1_000, new Origin("oxbow.models", 1, 2));

    private final Configuration config = new Configuration();

    private Decoded decode(byte[] value) throws Exception {
        List<Decoded> decoded = new ArrayList<>();
        new ModelUpdateDeserializer(config)
                .deserialize(
                        new ConsumerRecord<>("oxbow.models", 1, 2, new byte[] {'k'}, value),
                        new ListCollector<>(decoded));
        assertThat(decoded).hasSize(1);
        DataOutputSerializer out = new DataOutputSerializer(64);
        DecodedSerializer.INSTANCE.serialize(decoded.get(0), out);
        return DecodedSerializer.INSTANCE.deserialize(
                new DataInputDeserializer(out.getCopyOfBuffer()));
    }

    private static byte[] encode(ModelUpdate update) {
        return new EventEncoder<>(EventTypes.MODEL_UPDATE)
                .encode(EventMappings.MODEL_UPDATE.toRecord(update));
    }

    @Test
    void anUpdateComesWithWhereItLay() throws Exception {
        assertThat(decode(encode(UPDATE))).isEqualTo(new Decoded.Offered(UPDATE));
    }

    @Test
    void anythingElseIsADeadLetter() throws Exception {
        config.set(KafkaOptions.MAX_EVENT_SIZE, MemorySize.parse("200"));
        assertThat(refusal(new byte[] {1, 2})).contains("begins with a zero byte");
        assertThat(refusal(new byte[201])).contains("allows 200");
        assertThat(refusal(null)).contains("empty");
        assertThat(refusal(encode(new ModelUpdate("door", 7, " ", "", 0, Origin.NONE))))
                .contains("where it lies");
        byte[] query =
                new EventEncoder<>(EventTypes.QUERY)
                        .encode(
                                new io.oxbow.kafka.event.Query(
                                        "q", "s", "", "status", 0L, 0L, 0L, 0L, 0L, 0L, ""));
        assertThat(refusal(query)).contains("Query").contains("ModelUpdate");
    }

    private String refusal(byte[] value) throws Exception {
        DeadLetter letter = ((Decoded.Refused) decode(value)).deadLetter();
        assertThat(letter.getValue()).isEqualTo(value == null ? null : ByteBuffer.wrap(value));
        assertThat(letter.getStage()).isEqualTo(DeadLetters.DECODE_STAGE);
        return letter.getError();
    }

    @Test
    void aRefusedModelIsADeadLetterWithTheUpdatesBytes() throws Exception {
        List<DeadLetter> letters = new ArrayList<>();
        RefusedModels refused = new RefusedModels(config);
        for (Outcome outcome : Outcome.values()) {
            refused.flatMap(
                    new ModelVerdict(UPDATE, outcome, 1, 2, "because of " + outcome),
                    new ListCollector<>(letters));
        }
        assertThat(letters)
                .singleElement()
                .satisfies(
                        letter -> {
                            assertThat(letter.getStage()).isEqualTo(DeadLetters.MODEL_STAGE);
                            assertThat(letter.getError()).isEqualTo("because of REFUSED");
                            assertThat(letter.getTopic()).isEqualTo("oxbow.models");
                            assertThat(letter.getOffset()).isEqualTo(2);
                            assertThat(letter.getKey())
                                    .isEqualTo(
                                            ByteBuffer.wrap(
                                                    "door".getBytes(StandardCharsets.UTF_8)));
                            assertThat(letter.getValue())
                                    .isEqualTo(ByteBuffer.wrap(encode(UPDATE)));
                        });
    }
}
