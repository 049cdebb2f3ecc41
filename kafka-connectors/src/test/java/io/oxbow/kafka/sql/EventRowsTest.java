package io.oxbow.kafka.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.oxbow.kafka.EventEncoder;
import io.oxbow.kafka.EventTypes;
import io.oxbow.kafka.KafkaOptions;
import io.oxbow.kafka.RegistryStandIn;
import io.oxbow.kafka.event.ClockSource;
import io.oxbow.kafka.event.ElementType;
import io.oxbow.kafka.event.Features;
import io.oxbow.kafka.event.Health;
import io.oxbow.kafka.event.HealthInterval;
import io.oxbow.kafka.event.Summary;
import io.oxbow.kafka.event.Timeline;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.DataTypes.Field;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.RowType;
import org.junit.jupiter.api.Test;

class EventRowsTest {
    private static final long TIME = 1_795_500_000_000L;

    @Test
    void unknownNumbersAndOpenTimesAreNull() throws Exception {
        EventRows rows =
                new EventRows(
                        EventTypes.SUMMARY,
                        columns(
                                DataTypes.FIELD("usualActivity", DataTypes.FLOAT()),
                                DataTypes.FIELD("meanActivity", DataTypes.DOUBLE()),
                                DataTypes.FIELD("to", DataTypes.TIMESTAMP_LTZ(3)),
                                DataTypes.FIELD(
                                        "activity",
                                        DataTypes.ROW(
                                                DataTypes.FIELD(
                                                        "values",
                                                        DataTypes.ARRAY(DataTypes.FLOAT())))),
                                DataTypes.FIELD(
                                        "health",
                                        DataTypes.ARRAY(
                                                DataTypes.ROW(
                                                        DataTypes.FIELD(
                                                                "to", DataTypes.TIMESTAMP(3)),
                                                        DataTypes.FIELD(
                                                                "kind", DataTypes.STRING()))))));
        RowData row = rows.row(summary());

        assertThat(row.isNullAt(0)).isTrue();
        assertThat(row.getDouble(1)).isEqualTo(2.5);
        assertThat(row.getTimestamp(2, 3).getMillisecond()).isEqualTo(TIME + 10);
        assertThat(row.getRow(3, 1).getArray(0).getFloat(0)).isEqualTo(1);
        assertThat(row.getRow(3, 1).getArray(0).isNullAt(1)).isTrue();
        RowData interval = row.getArray(4).getRow(0, 2);
        assertThat(interval.isNullAt(0)).isTrue();
        assertThat(interval.getString(1)).hasToString("COVERED");
    }

    @Test
    void vectorsAreArraysWhateverTheirWidth() throws Exception {
        EventRows rows =
                new EventRows(
                        EventTypes.FEATURES,
                        columns(
                                DataTypes.FIELD("vector", DataTypes.ARRAY(DataTypes.FLOAT())),
                                DataTypes.FIELD("dim", DataTypes.BIGINT())));
        // 1.5 and -2 as binary16, little-endian.
        RowData half =
                rows.row(features(ElementType.F16, new byte[] {0x00, 0x3E, 0x00, (byte) 0xC0}));
        assertThat(half.getArray(0).toFloatArray()).containsExactly(1.5f, -2);
        assertThat(half.getLong(1)).isEqualTo(2);
        assertThatThrownBy(() -> rows.row(features(ElementType.F32, new byte[6])))
                .hasMessageContaining("multiple of 4 bytes, not 6");
    }

    @Test
    void aTableThatDoesNotFitIsRefusedInWords() {
        assertThatThrownBy(() -> rows("speed", DataTypes.FLOAT()))
                .isInstanceOf(ValidationException.class)
                .hasMessageContaining("no field 'speed'")
                .hasMessageContaining("meanActivity");
        assertThatThrownBy(() -> rows("text", DataTypes.FLOAT()))
                .hasMessageContaining("declared FLOAT")
                .hasMessageContaining("string");
        assertThatThrownBy(() -> rows("events", DataTypes.INT()))
                .hasMessageContaining("summaries.events");
    }

    @Test
    void anUnreadableRecordFailsOrIsPassedOver() throws Exception {
        EventRows rows =
                new EventRows(
                        EventTypes.SUMMARY, columns(DataTypes.FIELD("text", DataTypes.STRING())));
        EventRowDeserializer strict =
                new EventRowDeserializer(rows, null, false, new Configuration());
        EventRowDeserializer lenient =
                new EventRowDeserializer(rows, null, true, new Configuration());
        strict.open(null);
        lenient.open(null);
        byte[] bytes = new EventEncoder<>(EventTypes.SUMMARY).encode(summary());

        assertThat(strict.deserialize(bytes).getString(0)).hasToString("told");
        assertThat(strict.deserialize(null)).isNull();
        assertThat(lenient.deserialize(new byte[] {9, 9})).isNull();
        assertThatThrownBy(() -> strict.deserialize(new byte[] {9, 9}))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("ignore-parse-errors");
    }

    private static EventRows rows(String name, org.apache.flink.table.types.DataType type) {
        return new EventRows(EventTypes.SUMMARY, columns(DataTypes.FIELD(name, type)));
    }

    private static RowType columns(Field... fields) {
        return (RowType) DataTypes.ROW(fields).getLogicalType();
    }

    private static Features features(ElementType type, byte[] vector) {
        return new Features(
                "a",
                0L,
                1L,
                TIME,
                ClockSource.UNKNOWN,
                0L,
                "",
                0L,
                2,
                type,
                ByteBuffer.wrap(vector),
                Health.OK);
    }

    private static Summary summary() {
        io.oxbow.kafka.event.Stretch none = new io.oxbow.kafka.event.Stretch(0L, 0L, Float.NaN);
        return new Summary(
                "a",
                TIME + 10,
                "hour",
                TIME,
                TIME + 10,
                TIME,
                1L,
                1L,
                1f,
                2.5f,
                Float.NaN,
                Float.NaN,
                Float.NaN,
                Float.NaN,
                new Timeline(TIME, 5L, List.of(1f, Float.NaN), Float.NaN, Float.NaN),
                new Timeline(0L, 0L, List.of(), Float.NaN, Float.NaN),
                List.of(),
                none,
                none,
                List.of(),
                List.of(new HealthInterval(Health.COVERED, TIME, Long.MAX_VALUE)),
                List.of(),
                "told");
    }

    /** What a registry holds besides is read too: a field renamed, one added, one gone. */
    @Test
    void rowsOfAnEvolvedSchemaComeThroughTheRegistry() throws Exception {
        Schema schema =
                new Schema.Parser()
                        .parse(
                                """
                                {"type": "record", "name": "Features",
                                 "namespace": "io.oxbow.kafka.event", "fields": [
                                  {"name": "added", "type": "string"},
                                  {"name": "camera", "type": "string", "aliases": ["streamId"]},
                                  {"name": "eventTime", "type": "long"},
                                  {"name": "seq", "type": "long"},
                                  {"name": "dim", "type": "int"},
                                  {"name": "vector", "type": "bytes"}]}
                                """);
        GenericData.Record event = new GenericData.Record(schema);
        event.put("added", "later");
        event.put("camera", "gate");
        event.put("eventTime", TIME);
        event.put("seq", 7L);
        event.put("dim", 1);
        event.put("vector", ByteBuffer.wrap(new byte[] {0, 0, (byte) 0x80, 0x3F}));
        try (RegistryStandIn registry = new RegistryStandIn()) {
            int id = registry.put("oxbow.features-value", schema);
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            bytes.writeBytes(ByteBuffer.allocate(5).put((byte) 0).putInt(id).array());
            BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
            new GenericDatumWriter<GenericData.Record>(schema).write(event, encoder);
            encoder.flush();
            EventRowDeserializer deserializer =
                    new EventRowDeserializer(
                            new EventRows(
                                    EventTypes.FEATURES,
                                    columns(
                                            DataTypes.FIELD("streamId", DataTypes.STRING()),
                                            DataTypes.FIELD("epoch", DataTypes.BIGINT()),
                                            DataTypes.FIELD(
                                                    "vector", DataTypes.ARRAY(DataTypes.FLOAT())))),
                            null,
                            false,
                            new Configuration().set(KafkaOptions.REGISTRY_URL, registry.url()));
            deserializer.open(null);
            RowData row = deserializer.deserialize(bytes.toByteArray());
            assertThat(row.getString(0)).hasToString("gate");
            assertThat(row.getLong(1)).isZero();
            assertThat(row.getArray(2).toFloatArray()).containsExactly(1);
        }
    }
}
