package io.oxbow.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.oxbow.flink.event.Anomaly;
import io.oxbow.flink.event.Answer;
import io.oxbow.flink.event.Attribution;
import io.oxbow.flink.event.ChannelCurve;
import io.oxbow.flink.event.Evidence;
import io.oxbow.flink.event.Health;
import io.oxbow.flink.event.HealthInterval;
import io.oxbow.flink.event.Inference;
import io.oxbow.flink.event.News;
import io.oxbow.flink.event.Observation;
import io.oxbow.flink.event.Origin;
import io.oxbow.flink.event.Peak;
import io.oxbow.flink.event.Query;
import io.oxbow.flink.event.RankedStream;
import io.oxbow.flink.event.Stretch;
import io.oxbow.flink.event.Summary;
import io.oxbow.flink.event.Timeline;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.specific.SpecificRecordBase;
import org.junit.jupiter.api.Test;

class EventMappingsTest {
    private static final int RUNS = 100;

    private final Random random = new Random(7);

    @Test
    void observations() throws EventDecodingException {
        for (int i = 0; i < RUNS; i++) {
            assertKept(
                    EventMappings.OBSERVATION,
                    new Observation(
                            text(),
                            random.nextLong(),
                            random.nextLong(),
                            random.nextLong(),
                            random.nextLong(),
                            random.nextLong(),
                            floats(1 + random.nextInt(70)),
                            health(),
                            Origin.NONE));
        }
    }

    @Test
    void queries() throws EventDecodingException {
        for (int i = 0; i < RUNS; i++) {
            assertKept(
                    EventMappings.QUERY,
                    new Query(
                            text(),
                            text(),
                            text(),
                            text(),
                            random.nextLong(),
                            random.nextLong(),
                            random.nextLong(),
                            random.nextLong(),
                            random.nextLong(),
                            random.nextLong(),
                            text()));
        }
    }

    @Test
    void inferences() throws EventDecodingException {
        for (int i = 0; i < RUNS; i++) {
            assertKept(
                    EventMappings.INFERENCE,
                    new Inference(
                            text(),
                            random.nextLong(),
                            random.nextLong(),
                            random.nextLong(),
                            random.nextLong(),
                            random.nextLong(),
                            random.nextLong(),
                            health(),
                            number(),
                            number(),
                            number(),
                            floats(random.nextInt(4)),
                            floats(random.nextInt(4)),
                            floats(random.nextInt(4)),
                            floats(random.nextInt(4)),
                            floats(random.nextInt(4)),
                            floats(random.nextInt(4))));
        }
    }

    @Test
    void anomalies() throws EventDecodingException {
        for (int i = 0; i < RUNS; i++) {
            assertKept(
                    EventMappings.ANOMALY,
                    new Anomaly(
                            text(),
                            text(),
                            Anomaly.Phase.values()[random.nextInt(2)],
                            random.nextLong(),
                            random.nextLong(),
                            number(),
                            number(),
                            List.of(
                                    new Attribution(
                                            random.nextInt(), number(), number(), number())),
                            text(),
                            text(),
                            List.of(new Evidence(text(), random.nextInt(), number()))));
        }
    }

    @Test
    void summaries() throws EventDecodingException {
        for (int i = 0; i < RUNS; i++) {
            assertKept(
                    EventMappings.SUMMARY,
                    new Summary(
                            text(),
                            text(),
                            random.nextLong(),
                            random.nextLong(),
                            random.nextLong(),
                            random.nextLong(),
                            random.nextLong(),
                            number(),
                            number(),
                            number(),
                            number(),
                            number(),
                            number(),
                            timeline(),
                            timeline(),
                            List.of(channelCurve()),
                            stretch(),
                            stretch(),
                            List.of(peak(), peak()),
                            List.of(interval()),
                            List.of(new News(text(), text(), number())),
                            text()));
        }
    }

    @Test
    void answers() throws EventDecodingException {
        for (int i = 0; i < RUNS; i++) {
            Answer answer =
                    new Answer(
                            text(),
                            text(),
                            text(),
                            text(),
                            text(),
                            random.nextLong(),
                            random.nextLong(),
                            random.nextLong(),
                            random.nextLong(),
                            timeline(),
                            timeline(),
                            List.of(channelCurve(), channelCurve()),
                            List.of(peak()),
                            List.of(interval(), interval()),
                            List.of(
                                    new RankedStream(
                                            text(), text(), 0.5, random.nextLong(), text())),
                            List.of(text()),
                            Map.of("events", random.nextDouble(), "coverage", Double.NaN, "a", 1.0),
                            text(),
                            text());
            assertKept(EventMappings.ANSWER, answer);
            assertThat(EventMappings.ANSWER.toRecord(answer).getFramesReRead()).isZero();
        }
    }

    private static <V, R extends SpecificRecordBase> void assertKept(
            EventMapping<V, R> mapping, V value) throws EventDecodingException {
        byte[] bytes = new EventEncoder<>(mapping.type()).encode(mapping.toRecord(value));

        V read = mapping.toValue(new EventDecoder().decode(mapping.type(), bytes));

        assertThat(read)
                .usingRecursiveComparison()
                .withEqualsForType((a, b) -> Float.compare(a, b) == 0, Float.class)
                .withEqualsForType((a, b) -> Double.compare(a, b) == 0, Double.class)
                .isEqualTo(value);
    }

    private String text() {
        return random.nextInt(5) == 0 ? "" : "Straße " + random.nextInt(1000);
    }

    private float number() {
        return random.nextInt(4) == 0 ? Float.NaN : (float) random.nextGaussian();
    }

    private float[] floats(int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = number();
        }
        return values;
    }

    private Health health() {
        return Health.values()[random.nextInt(Health.values().length)];
    }

    private Timeline timeline() {
        return new Timeline(random.nextLong(), random.nextLong(), floats(10), number(), number());
    }

    private ChannelCurve channelCurve() {
        return new ChannelCurve(random.nextInt(), text(), timeline());
    }

    private Stretch stretch() {
        return random.nextBoolean()
                ? Stretch.NONE
                : new Stretch(random.nextLong(), random.nextLong(), number());
    }

    private Peak peak() {
        return new Peak(random.nextLong(), number(), number(), random.nextInt(), text());
    }

    private HealthInterval interval() {
        return new HealthInterval(health(), random.nextLong(), HealthInterval.OPEN);
    }
}
