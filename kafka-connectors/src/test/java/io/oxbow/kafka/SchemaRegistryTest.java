package io.oxbow.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.oxbow.kafka.event.Features;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.flink.configuration.Configuration;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SchemaRegistryTest {
    private static final String FEATURES_SUBJECT = "oxbow.features-value";

    private RegistryStandIn registry;
    private Configuration config;

    @BeforeEach
    void start() throws IOException {
        registry = new RegistryStandIn();
        config = new Configuration().set(KafkaOptions.REGISTRY_URL, registry.url() + "/");
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    static List<EventType<?>> types() {
        return EventTypes.all();
    }

    @ParameterizedTest
    @MethodSource("types")
    <R extends SpecificRecordBase> void writtenWithTheRegistrysIdAndRead(EventType<R> type)
            throws Exception {
        EventRecords<R> records = new EventRecords<>(type, config);
        EventDecoder decoder = new EventDecoder(SchemaSource.of(config));
        RandomEvents random = new RandomEvents(11);
        int id = registry.put(type.defaultTopic() + "-value", type.schema());
        for (int i = 0; i < 20; i++) {
            R event = random.next(type);
            ProducerRecord<byte[], byte[]> record = records.record(type.defaultTopic(), event);
            assertThat(ByteBuffer.wrap(record.value()).get()).isZero();
            assertThat(ByteBuffer.wrap(record.value()).getInt(1)).isEqualTo(id);
            assertThat(decoder.decode(type, record.value())).isEqualTo(event);
        }
        assertThat(registry.requests)
                .containsExactly(
                        "POST /subjects/" + type.defaultTopic() + "-value/versions",
                        "GET /schemas/ids/" + id);
    }

    @Test
    void everyTopicIsASubjectOfItsOwn() {
        EventRecords<Features> records = new EventRecords<>(EventTypes.FEATURES, config);
        Features event = new RandomEvents(3).next(EventTypes.FEATURES);
        records.record("a", event);
        records.record("b c", event);
        records.record("a", event);
        assertThat(registry.requests)
                .containsExactly(
                        "POST /subjects/a-value/versions", "POST /subjects/b%20c-value/versions");
    }

    /** Events written by this release without a registry stay readable, and ask nobody. */
    @Test
    void oxbowsOwnIdsAreStillRead() throws Exception {
        Features event = new RandomEvents(4).next(EventTypes.FEATURES);
        byte[] bytes = new EventEncoder<>(EventTypes.FEATURES).encode(event);
        EventDecoder decoder = new EventDecoder(SchemaSource.of(config));
        assertThat(decoder.decode(EventTypes.FEATURES, bytes)).isEqualTo(event);
        assertThat(registry.requests).isEmpty();
    }

    /** A producer with a schema of its own: fields added, in another order, defaulted ones gone. */
    @ParameterizedTest
    @MethodSource("types")
    <R extends SpecificRecordBase> void anEvolvedSchemaIsRead(EventType<R> type) throws Exception {
        R event = new RandomEvents(5).next(type);
        Schema evolved = evolved(type.schema());
        int id = registry.put("elsewhere-value", evolved);
        GenericData.Record written = new GenericData.Record(evolved);
        for (Schema.Field field : evolved.getFields()) {
            Schema.Field ours = type.schema().getField(field.name());
            written.put(field.pos(), ours == null ? "new" : event.get(ours.pos()));
        }
        R read =
                new EventDecoder(SchemaSource.of(config)).decode(type, bytes(id, written, evolved));
        for (Schema.Field field : type.schema().getFields()) {
            Object expected =
                    evolved.getField(field.name()) == null
                            ? GeneratedCode.data().getDefaultValue(field)
                            : event.get(field.pos());
            assertThat(read.get(field.pos())).as(field.name()).isEqualTo(expected);
        }
    }

    /** The fields in reverse, without those that have a default, and with one more. */
    private static Schema evolved(Schema schema) {
        List<Schema.Field> fields = new ArrayList<>();
        fields.add(new Schema.Field("addedLater", Schema.create(Schema.Type.STRING)));
        for (Schema.Field field : schema.getFields()) {
            if (!field.hasDefaultValue()) {
                fields.add(0, new Schema.Field(field.name(), field.schema()));
            }
        }
        assertThat(fields).hasSizeGreaterThan(1);
        return Schema.createRecord(schema.getName(), "", schema.getNamespace(), false, fields);
    }

    /** The same schema and a field with a default, as a compatible change is. */
    static Schema withOneMore(Schema schema, String name) {
        List<Schema.Field> fields = new ArrayList<>();
        for (Schema.Field field : schema.getFields()) {
            fields.add(new Schema.Field(field, field.schema()));
        }
        fields.add(new Schema.Field(name, Schema.create(Schema.Type.STRING), null, ""));
        return Schema.createRecord(schema.getName(), "", schema.getNamespace(), false, fields);
    }

    private static byte[] bytes(int id, GenericData.Record record, Schema schema)
            throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(0);
        bytes.write(ByteBuffer.allocate(4).putInt(id).array());
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
        new GenericDatumWriter<>(schema, GeneratedCode.data()).write(record, encoder);
        encoder.flush();
        return bytes.toByteArray();
    }

    @Test
    void whatItDoesNotKnowIsAskedForOnce() throws Exception {
        SchemaSource source = SchemaSource.of(config);
        assertThat(source.find(7)).isNull();
        assertThat(source.find(7)).isNull();
        assertThat(source.find(-1)).isNull();
        assertThat(registry.requests)
                .containsExactly("GET /schemas/ids/7", "GET /schemas/ids/4294967295");
    }

    @Test
    void aMomentsFailureIsOutlasted() throws Exception {
        int id = registry.put(FEATURES_SUBJECT, EventTypes.FEATURES.schema());
        registry.failures.add(503);
        assertThat(SchemaSource.of(config).find(id)).isEqualTo(EventTypes.FEATURES.schema());
        assertThat(registry.requests).hasSize(2);
    }

    /** The job must fail and try again: the event is not to blame. */
    @Test
    void aRegistryThatIsAwayFailsTheReaderAndNotTheEvent() {
        registry.close();
        SchemaSource source = SchemaSource.of(config);
        assertThatThrownBy(() -> source.find(7))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining(registry.url() + " does not answer");
    }

    @Test
    void aRefusalIsToldAndThePasswordIsNot() throws Exception {
        int id = registry.put(FEATURES_SUBJECT, EventTypes.FEATURES.schema());
        registry.authorization =
                "Basic " + Base64.getEncoder().encodeToString("oxbow:hush".getBytes());
        config.set(KafkaOptions.REGISTRY_USER, "oxbow");
        config.set(KafkaOptions.REGISTRY_PASSWORD, "hush");
        assertThat(SchemaSource.of(config).find(id)).isNotNull();
        assertThat(config.toString()).doesNotContain("hush");

        config.set(KafkaOptions.REGISTRY_PASSWORD, "wrong");
        SchemaSource stranger = SchemaSource.of(config);
        assertThatThrownBy(() -> stranger.find(id))
                .hasMessageContaining("answers 401")
                .hasMessageNotContaining("wrong");
    }

    @Test
    void aTokenIsShownAndNotTold() throws Exception {
        int id = registry.put(FEATURES_SUBJECT, EventTypes.FEATURES.schema());
        registry.authorization = "Bearer hush-hush";
        config.set(KafkaOptions.REGISTRY_TOKEN, "hush-hush");
        assertThat(SchemaSource.of(config).find(id)).isNotNull();
        assertThat(RegistrySettings.of(config).orElseThrow().toString()).doesNotContain("hush");
        assertThat(config.toString()).doesNotContain("hush");
        config.set(KafkaOptions.REGISTRY_USER, "oxbow");
        assertThatThrownBy(() -> SchemaSource.of(config))
                .hasMessage(
                        "set oxbow.kafka.registry.token or oxbow.kafka.registry.user, not both");
    }

    @Test
    void anAddressIsRefusedInWordsThatDoNotRepeatIt() {
        for (String url : List.of("http://me:hush@registry", "ftp://hush", "hush", "a b hush")) {
            config.set(KafkaOptions.REGISTRY_URL, url);
            assertThatThrownBy(() -> SchemaSource.of(config))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("oxbow.kafka.registry.url ")
                    .hasMessageNotContaining("hush");
        }
    }

    @Test
    void withoutTheRightToRegisterAnUnknownSchemaIsNamed() throws Exception {
        config.set(KafkaOptions.REGISTRY_REGISTER, false);
        Features event = new RandomEvents(3).next(EventTypes.FEATURES);
        EventRecords<Features> records = new EventRecords<>(EventTypes.FEATURES, config);
        assertThatThrownBy(() -> records.record("oxbow.features", event))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("holds no schema io.oxbow.kafka.event.Features")
                .hasMessageContaining("under oxbow.features-value; put it in");
        int id = registry.put(FEATURES_SUBJECT, EventTypes.FEATURES.schema());
        assertThat(ByteBuffer.wrap(records.record("oxbow.features", event).value()).getInt(1))
                .isEqualTo(id);
        assertThat(registry.requests).containsOnly("POST /subjects/" + FEATURES_SUBJECT);
    }

    /** A producer that has renamed the event and its fields, and says by aliases what they were. */
    @ParameterizedTest
    @MethodSource("types")
    <R extends SpecificRecordBase> void whatWasRenamedIsReadByItsAlias(EventType<R> type)
            throws Exception {
        R event = new RandomEvents(6).next(type);
        List<Schema.Field> fields = new ArrayList<>();
        for (Schema.Field field : type.schema().getFields()) {
            Schema.Field renamed = new Schema.Field("new_" + field.name(), field.schema());
            renamed.addAlias("older_" + field.name());
            renamed.addAlias(field.name());
            fields.add(0, renamed);
        }
        Schema schema = Schema.createRecord("Renamed", "", "elsewhere", false, fields);
        schema.addAlias(type.schema().getFullName());
        int id = registry.put("elsewhere-value", schema);
        GenericData.Record written = new GenericData.Record(schema);
        for (Schema.Field ours : type.schema().getFields()) {
            written.put("new_" + ours.name(), event.get(ours.pos()));
        }
        EventDecoder decoder = new EventDecoder(SchemaSource.of(config));
        assertThat(decoder.decode(type, bytes(id, written, schema))).isEqualTo(event);
    }

    @Test
    void aNestedRecordIsFollowedToo() {
        Schema ours = summaryLike("Curve", "values", "");
        Schema theirs = summaryLike("Line", "points", "values");
        Schema read = SchemaRenames.undo(theirs, ours);
        assertThat(read.toString()).isEqualTo(ours.toString());
        Schema stranger = summaryLike("Line", "points", "other");
        assertThat(SchemaRenames.undo(stranger, ours).toString()).contains("points");
    }

    /** A record with a list of optional records with one field. */
    private static Schema summaryLike(String name, String field, String alias) {
        Schema.Field inner = new Schema.Field(field, Schema.create(Schema.Type.DOUBLE));
        Schema curve = Schema.createRecord(name, null, "x", false, List.of(inner));
        if (!alias.isEmpty()) {
            inner.addAlias(alias);
            curve.addAlias("x.Curve");
        }
        Schema list =
                Schema.createArray(Schema.createUnion(Schema.create(Schema.Type.NULL), curve));
        return Schema.createRecord(
                "Holder", null, "x", false, List.of(new Schema.Field("curves", list)));
    }
}
