package io.oxbow.flink.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.oxbow.flink.OxbowOptions;
import io.oxbow.flink.event.EventTypes;
import io.oxbow.flink.event.Inference;
import io.oxbow.flink.event.Observation;
import io.oxbow.flink.event.Query;
import io.oxbow.flink.event.Rejected;
import io.oxbow.flink.event.StreamEvent;
import io.oxbow.flink.event.StreamSignal;
import io.oxbow.flink.testing.TestModels;
import io.oxbow.flink.testing.TestStreams;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The builder in a whole job on a small cluster, without Kryo. */
class SsmInferenceJobTest {

    @RegisterExtension
    static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(2)
                            .build());

    @Test
    void recordsOfAnyKindBecomeInferences() throws Exception {
        StreamExecutionEnvironment env = environment();
        List<Tuple3<String, Long, Float>> readings = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            readings.add(Tuple3.of("sensor-" + i % 4, 1_000L * i, i == 50 ? Float.NaN : i / 10f));
        }
        SsmInference inference =
                SsmInference.from(env.fromData(readings))
                        .streamId(r -> r.f0)
                        .eventTime(r -> r.f1)
                        .values(r -> new float[] {r.f2, 1, -r.f2})
                        .model(() -> TestModels.seeded(1))
                        .option(OxbowOptions.OUTPUT_ACTIVITY_CHANNEL, 0)
                        .parallelism(2)
                        .build();

        List<Inference> inferences = collect(inference.inferences());
        assertThat(inferences).hasSize(99);
        assertThat(inferences)
                .allSatisfy(i -> assertThat(i.activity()).isEqualTo(i.values()[0]))
                .filteredOn(i -> i.streamId().equals("sensor-1"))
                .extracting(Inference::stateVersion)
                .containsExactlyElementsOf(
                        java.util.stream.LongStream.rangeClosed(1, 25).boxed().toList());
        List<Rejected> rejected = collect(inference.rejected());
        assertThat(rejected).extracting(r -> r.event().eventTime()).containsExactly(50_000L);
    }

    @Test
    void questionsTravelAmongTheEvents() throws Exception {
        StreamExecutionEnvironment env = environment();
        Query query = new Query("q", "stream-1", "", "status", 0, 0, 0, 0, 0, 5, "");
        DataStream<StreamEvent> events =
                env.fromData(TestStreams.events(1, 3, 60), EventTypes.STREAM_EVENT);
        SsmInference inference =
                SsmInference.on(events)
                        .queries(env.fromData(List.of(query), EventTypes.QUERY))
                        .model(() -> TestModels.seeded(1))
                        .build();
        List<StreamSignal> signals = collect(inference.signals());
        assertThat(signals).hasSize(61).contains(query);
    }

    @Test
    void theEnvironmentsOptionsHoldUnlessTheBuilderSaysOtherwise() throws Exception {
        Configuration configuration = new Configuration();
        configuration.set(OxbowOptions.OUTPUT_FORECAST, false);
        configuration.set(OxbowOptions.OUTPUT_ATTRIBUTION, false);
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        SsmInference inference =
                SsmInference.on(env.fromData(TestStreams.events(1, 1, 2), EventTypes.STREAM_EVENT))
                        .model(() -> TestModels.seeded(1))
                        .option(OxbowOptions.OUTPUT_ATTRIBUTION, true)
                        .build();
        assertThat(collect(inference.inferences()))
                .allSatisfy(i -> assertThat(i.forecast()).isEmpty())
                .allSatisfy(i -> assertThat(i.attribution()).hasSize(TestModels.INPUT_DIM));
    }

    @Test
    void lateEventsComeOutAside() throws Exception {
        StreamExecutionEnvironment env = environment();
        List<StreamEvent> events =
                List.of(
                        TestStreams.event("a", 0, 10, 1, 1, 1),
                        TestStreams.event("a", 1, 5, 1, 1, 1));
        SsmInference inference =
                SsmInference.on(env.fromData(events, EventTypes.STREAM_EVENT))
                        .model(() -> TestModels.seeded(1))
                        .build();
        assertThat(collect(inference.late())).extracting(Observation::seq).containsExactly(1L);
    }

    @Test
    void mistakesAreNamedBeforeTheJobRuns() {
        StreamExecutionEnvironment env = environment();
        DataStream<StreamEvent> events =
                env.fromData(TestStreams.events(1, 1, 2), EventTypes.STREAM_EVENT);
        assertThatThrownBy(
                        () ->
                                SsmInference.on(events)
                                        .option(OxbowOptions.BATCH_MAX_TOKENS, 0)
                                        .build())
                .hasMessage("oxbow.batch.max-tokens is 0; it must be at least 1");
        assertThatThrownBy(() -> SsmInference.from(events).values(e -> new float[0]))
                .hasMessageContaining("streamId(..)");
        assertThatThrownBy(
                        () ->
                                SsmInference.on(events)
                                        .model(
                                                () -> {
                                                    throw new IOException("cut short");
                                                })
                                        .verifyModel())
                .hasMessage("cut short");
    }

    private static StreamExecutionEnvironment environment() {
        Configuration configuration = new Configuration();
        configuration.set(PipelineOptions.GENERIC_TYPES, false);
        configuration.set(PipelineOptions.OBJECT_REUSE, true);
        return StreamExecutionEnvironment.getExecutionEnvironment(configuration).setParallelism(2);
    }

    private static <T> List<T> collect(DataStream<T> stream) throws Exception {
        return stream.executeAndCollect(1_000);
    }
}
