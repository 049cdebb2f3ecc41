package io.oxbow.flink.summary;

import static io.oxbow.flink.summary.Signals.MONDAY_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.oxbow.flink.event.EventTypes;
import io.oxbow.flink.event.StreamSignal;
import io.oxbow.flink.event.Summary;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;

class StreamSummariesTest {

    /** A real job, without Kryo; the summariser shares the task of the operator before it. */
    @Test
    void runsChainedBehindAKeyedOperator() throws Exception {
        Configuration config = new Configuration();
        config.set(PipelineOptions.GENERIC_TYPES, false);
        config.set(SummaryOptions.WINDOW, List.of(Duration.ofSeconds(10)));
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment(config);
        env.setParallelism(2);
        List<Summary> found =
                StreamSummaries.of(keyed(env)).build().summaries().executeAndCollect(100);
        assertThat(found).hasSize(3 * 6);
        assertThat(found).allSatisfy(s -> assertThat(s.events()).isEqualTo(10));

        StreamSummaries.of(keyed(env)).build().answers().print();
        assertThat(env.getStreamGraph().getJobGraph().getVertices())
                .anySatisfy(
                        vertex ->
                                assertThat(vertex.getName())
                                        .contains("keyed")
                                        .contains("Oxbow summaries"));
    }

    private static DataStream<StreamSignal> keyed(StreamExecutionEnvironment env) {
        List<StreamSignal> signals = new ArrayList<>();
        for (int t = 0; t < 60; t++) {
            for (String stream : List.of("gate", "yard", "hall")) {
                signals.add(Signals.event(stream, MONDAY_8 + t * 1000, 1));
            }
        }
        return env.fromData(EventTypes.STREAM_SIGNAL, signals.toArray(StreamSignal[]::new))
                .assignTimestampsAndWatermarks(
                        WatermarkStrategy.<StreamSignal>forMonotonousTimestamps()
                                .withTimestampAssigner((signal, any) -> signal.eventTime()))
                .keyBy(StreamSignal::streamId, Types.STRING)
                .filter(signal -> true)
                .name("keyed");
    }

    @Test
    void optionsOutOfBoundsAreRefusedByName() {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        DataStream<StreamSignal> signals = keyed(env);
        assertThatThrownBy(
                        () ->
                                StreamSummaries.of(signals)
                                        .option(SummaryOptions.PEAKS, 1000)
                                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("oxbow.summary.peaks is 1000, but must be 1 to 256.");
        assertThatThrownBy(
                        () ->
                                StreamSummaries.of(signals)
                                        .option(
                                                SummaryOptions.MEMORY_PER_STREAM,
                                                MemorySize.parse("4kb"))
                                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("oxbow.summary.memory-per-stream allows 4096");
    }
}
