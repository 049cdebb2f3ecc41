package io.oxbow.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.oxbow.flink.event.Health;
import io.oxbow.flink.event.IdleWatermarks;
import io.oxbow.flink.event.Observation;
import io.oxbow.flink.event.Origin;
import io.oxbow.flink.event.Query;
import io.oxbow.flink.event.StreamEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.clock.ManualClock;
import org.junit.jupiter.api.Test;

class OxbowSourcesTest {

    @Test
    void onlyObservationsMoveTheWatermark() {
        ManualClock clock = new ManualClock();
        Output output = new Output();
        ObservationWatermarks watermarks =
                new ObservationWatermarks(
                        Duration.ofMillis(10), Duration.ofSeconds(1), clock, Duration.ZERO);

        watermarks.onEvent(accepted(observation(1_000)), 1_000, output);
        watermarks.onEvent(accepted(query(9_000)), 9_000, output);
        watermarks.onPeriodicEmit(output);
        assertThat(output.said).containsExactly("989");

        // Questions do not keep a partition awake.
        for (int i = 0; i < 3; i++) {
            clock.advanceTime(Duration.ofMillis(600));
            watermarks.onEvent(accepted(query(9_000)), 9_000, output);
            watermarks.onPeriodicEmit(output);
        }
        assertThat(output.said).contains("idle").doesNotContain("8989");
    }

    @Test
    void oneWrongClockDoesNotMoveTheWatermark() {
        Output output = new Output();
        ObservationWatermarks watermarks =
                new ObservationWatermarks(
                        Duration.ZERO, Duration.ZERO, new ManualClock(), Duration.ofHours(1));
        long hour = 3_600_000;

        for (long time : new long[] {1_000, 90 * hour, 2_000, 90 * hour, 3_000}) {
            watermarks.onEvent(accepted(observation(time)), time, output);
            watermarks.onPeriodicEmit(output);
        }
        assertThat(output.said).containsExactly("999", "999", "1999", "1999", "2999");

        // After a long silence the second event says that it is true.
        for (long time : new long[] {95 * hour, 95 * hour + 1}) {
            watermarks.onEvent(accepted(observation(time)), time, output);
            watermarks.onPeriodicEmit(output);
        }
        assertThat(output.said).endsWith("2999", String.valueOf(95 * hour));
    }

    @Test
    void questionsNeverHoldTheWatermark() {
        Output output = new Output();
        IdleWatermarks<Decoded> watermarks = new IdleWatermarks<>();

        watermarks.onEvent(accepted(query(9_000)), 9_000, output);
        watermarks.onPeriodicEmit(output);

        assertThat(output.said).containsExactly("idle");
    }

    @Test
    void inputsMustBeKnownAndSome() {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        Configuration none = new Configuration().set(KafkaOptions.INPUTS, List.of());
        Configuration unknown = new Configuration().set(KafkaOptions.INPUTS, List.of("featurs"));

        assertThatThrownBy(
                        () ->
                                OxbowSources.read(
                                        env, none, EventExpectation.none(), Boundedness.BOUNDED))
                .hasMessage("oxbow.kafka.inputs names no topic to read; give it one or more.");
        assertThatThrownBy(
                        () ->
                                OxbowSources.read(
                                        env, unknown, EventExpectation.none(), Boundedness.BOUNDED))
                .hasMessageStartingWith("no event is called 'featurs'; known are [frames,");
    }

    @Test
    void kafkaPropertiesPassThrough() {
        Configuration config = new Configuration();
        config.setString("oxbow.kafka.bootstrap-servers", "broker:1");
        config.setString("oxbow.kafka.properties.security.protocol", "SASL_SSL");
        config.setString("oxbow.kafka.topic-prefix", "plant.");

        assertThat(KafkaOptions.clientProperties(config))
                .isEqualTo(
                        Map.of("bootstrap.servers", "broker:1", "security.protocol", "SASL_SSL"));
        assertThat(KafkaOptions.topic(config, EventTypes.DEAD_LETTER))
                .isEqualTo("plant.dead-letters");
    }

    @Test
    void everyOptionIsListedAndExplained() throws IllegalAccessException {
        List<Object> declared = new ArrayList<>();
        for (var field : KafkaOptions.class.getFields()) {
            declared.add(field.get(null));
        }
        assertThat(KafkaOptions.all()).hasSize(declared.size()).allMatch(declared::contains);
        assertThat(KafkaOptions.all())
                .allSatisfy(
                        option ->
                                assertThat(option.key())
                                        .matches("oxbow\\.kafka\\.[a-z-]+(\\.[a-z-]+)?"));
    }

    private static Decoded accepted(StreamEvent event) {
        return new Decoded.Accepted(event);
    }

    private static Observation observation(long eventTime) {
        return new Observation("a", 0, 0, eventTime, 0, 0, new float[1], Health.OK, Origin.NONE);
    }

    private static Query query(long eventTime) {
        return new Query("q", "a", "", "status", 0, 0, 0, 0, 0, eventTime, "");
    }

    private static final class Output implements WatermarkOutput {
        private final List<String> said = new ArrayList<>();

        @Override
        public void emitWatermark(Watermark watermark) {
            said.add(String.valueOf(watermark.getTimestamp()));
        }

        @Override
        public void markIdle() {
            said.add("idle");
        }

        @Override
        public void markActive() {
            said.add("active");
        }
    }
}
