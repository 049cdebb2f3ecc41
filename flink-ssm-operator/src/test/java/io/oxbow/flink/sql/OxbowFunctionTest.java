package io.oxbow.flink.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.oxbow.flink.OxbowOptions;
import io.oxbow.flink.event.Inference;
import io.oxbow.flink.inference.SsmInference;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
@SuppressWarnings("try") // Closing results may be interrupted.
class OxbowFunctionTest {
    private static final long START = Instant.parse("2026-11-24T08:00:00Z").toEpochMilli();
    private static final TypeInformation<Row> READING =
            Types.ROW_NAMED(
                    new String[] {"sensor", "ts", "temperature", "pressure", "note"},
                    Types.STRING,
                    Types.INSTANT,
                    Types.DOUBLE,
                    Types.FLOAT,
                    Types.STRING);

    /** The same rows through SQL and through the batching operator: the same bits. */
    @Test
    void saysWhatTheOperatorSays() throws Exception {
        List<Row> readings = readings(3, 400);
        List<Row> said =
                sql(
                        readings,
                        "SELECT sensor, rowtime, activity, score, p_value, forecast, attribution,"
                                + " state_version, problem FROM oxbow(input => TABLE readings"
                                + " PARTITION BY sensor, on_time => DESCRIPTOR(ts))");

        StreamExecutionEnvironment environment = environment();
        SsmInference inference =
                SsmInference.from(environment.fromData(readings, READING))
                        .streamId(row -> (String) row.getField("sensor"))
                        .eventTime(row -> ((Instant) row.getField("ts")).toEpochMilli())
                        .values(
                                row ->
                                        new float[] {
                                            ((Double) row.getField("temperature")).floatValue(),
                                            (Float) row.getField("pressure")
                                        })
                        .option(OxbowOptions.MODEL_INPUT_DIM, 2)
                        .build();
        Map<String, Inference> expected = new HashMap<>();
        try (CloseableIterator<Inference> all = inference.inferences().executeAndCollect()) {
            all.forEachRemaining(i -> expected.put(i.streamId() + "/" + i.eventTime(), i));
        }

        assertThat(said).hasSize(readings.size()).hasSize(expected.size());
        int judged = 0;
        for (Row row : said) {
            long time = ((Instant) row.getField("rowtime")).toEpochMilli();
            Inference operator = expected.get(row.getField("sensor") + "/" + time);
            assertThat(row.getField("problem")).isNull();
            assertThat(row.getField("activity")).isEqualTo(operator.activity());
            assertThat(row.getField("score")).isEqualTo(operator.score());
            assertThat(row.getField("state_version")).isEqualTo(operator.stateVersion());
            assertThat(row.getField("p_value"))
                    .isEqualTo(Float.isNaN(operator.pValue()) ? null : operator.pValue());
            assertThat(floats(row.getField("forecast"))).isEqualTo(operator.forecast());
            assertThat(floats(row.getField("attribution"))).isEqualTo(operator.attribution());
            judged += row.getField("p_value") == null ? 0 : 1;
        }
        assertThat(judged).as("past the warm-up").isPositive();
    }

    @Test
    void takesTheColumnsThatAreNamed() throws Exception {
        List<Row> said =
                sql(
                        readings(1, 5),
                        "SELECT forecast, activity FROM oxbow(input => TABLE readings PARTITION BY"
                                + " sensor, on_time => DESCRIPTOR(ts), value_columns =>"
                                + " DESCRIPTOR(pressure))");
        assertThat(said).hasSize(5);
        assertThat((Float[]) said.get(4).getField("forecast")).hasSize(1);
    }

    @Test
    void whatDoesNotFitComesOutWithItsProblem() throws Exception {
        List<Row> readings = new ArrayList<>(readings(1, 4));
        readings.add(Row.of("s0", Instant.ofEpochMilli(START), 1.0, 1f, null));
        readings.add(Row.of("s0", Instant.ofEpochMilli(START + 60_000), null, 1f, null));
        readings.add(Row.of("s0", Instant.ofEpochMilli(START + 61_000), 1.0, 1f, null));

        List<Row> said =
                sql(
                        readings,
                        "SELECT state_version, problem FROM oxbow(input => TABLE readings PARTITION"
                                + " BY sensor, on_time => DESCRIPTOR(ts))");

        assertThat(said).hasSize(7);
        assertThat((String) said.get(4).getField("problem")).contains("older than the newest");
        assertThat((String) said.get(5).getField("problem")).contains("channel 0 is NaN");
        assertThat(said.get(6).getField("state_version")).isEqualTo(5L);
    }

    @Test
    void mistakesAreToldInWords() {
        assertThatThrownBy(
                        () ->
                                sql(
                                        readings(1, 2),
                                        "SELECT * FROM oxbow(input => TABLE readings PARTITION BY"
                                                + " sensor, on_time => DESCRIPTOR(ts),"
                                                + " value_columns => DESCRIPTOR(note))"))
                .hasStackTraceContaining("not a number");
        assertThatThrownBy(
                        () ->
                                sql(
                                        readings(1, 2),
                                        "SELECT * FROM oxbow(input => TABLE readings PARTITION BY"
                                                + " sensor, on_time => DESCRIPTOR(ts), model =>"
                                                + " '/no/such/model')"))
                .hasStackTraceContaining("/no/such/model");
    }

    private static List<Row> sql(List<Row> readings, String query) throws Exception {
        StreamExecutionEnvironment environment = environment();
        StreamTableEnvironment tables = StreamTableEnvironment.create(environment);
        tables.createTemporaryView(
                "readings",
                tables.fromDataStream(
                        environment.fromData(readings, READING),
                        Schema.newBuilder()
                                .column("sensor", "STRING")
                                .column("ts", "TIMESTAMP_LTZ(3)")
                                .column("temperature", "DOUBLE")
                                .column("pressure", "FLOAT")
                                .column("note", "STRING")
                                .watermark("ts", "ts - INTERVAL '5' SECOND")
                                .build()));
        tables.executeSql("CREATE FUNCTION oxbow AS 'io.oxbow.flink.sql.OxbowFunction'");
        List<Row> rows = new ArrayList<>();
        try (CloseableIterator<Row> all = tables.executeSql(query).collect()) {
            all.forEachRemaining(rows::add);
        }
        return rows;
    }

    private static StreamExecutionEnvironment environment() {
        Configuration configuration = new Configuration();
        configuration.set(PipelineOptions.GENERIC_TYPES, false);
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        environment.setParallelism(1);
        return environment;
    }

    private static List<Row> readings(int sensors, int each) {
        Random random = new Random(4);
        List<Row> readings = new ArrayList<>();
        for (int i = 0; i < each; i++) {
            for (int sensor = 0; sensor < sensors; sensor++) {
                readings.add(
                        Row.of(
                                "s" + sensor,
                                Instant.ofEpochMilli(START + i * 1_000L),
                                20 + Math.sin(i * 0.2 + sensor) + 0.1 * random.nextGaussian(),
                                (float) (1_000 + random.nextGaussian()),
                                "ignored"));
            }
        }
        return readings;
    }

    private static float[] floats(Object array) {
        Float[] boxed = (Float[]) array;
        float[] values = new float[boxed.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = boxed[i] == null ? Float.NaN : boxed[i];
        }
        return values;
    }
}
