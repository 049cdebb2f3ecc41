package io.oxbow.jobs.recovery;

import io.oxbow.flink.OxbowOptions;
import io.oxbow.flink.event.EventTypes;
import io.oxbow.flink.event.Health;
import io.oxbow.flink.event.Observation;
import io.oxbow.flink.event.Origin;
import io.oxbow.flink.event.StreamEvent;
import io.oxbow.flink.inference.ModelSource;
import io.oxbow.flink.inference.SsmInference;
import io.oxbow.flink.summary.StreamSummaries;
import io.oxbow.flink.summary.SummaryOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.util.Collector;

/**
 * The job whose savepoint is kept: the built-in model with its summaries, and a Mamba behind the
 * reorder buffer, over a seeded recording. What it says goes to {@link Said}.
 */
final class StoredJob {
    /** Opened when a source that goes on has said everything. */
    static final AtomicReference<CountDownLatch> EVERYTHING_SENT =
            new AtomicReference<>(new CountDownLatch(1));

    private static final int STREAMS = 4;
    private static final int CHANNELS = 3;
    private static final long START = 1_790_000_000_000L;
    private static final long STEP_MILLIS = 7_000;

    private StoredJob() {}

    /** Identity of the built-in model of this build. */
    static String builtInModel() throws IOException {
        return Long.toHexString(
                ModelSource.of(new Configuration().set(OxbowOptions.MODEL_INPUT_DIM, CHANNELS))
                        .load()
                        .fingerprint());
    }

    /** Those of a seeded recording from one to another; a source that goes on says nothing more. */
    static DataStream<StreamEvent> events(
            StreamExecutionEnvironment environment, int from, int to, long lastIndex) {
        return environment
                .fromSequence(from, lastIndex)
                .setParallelism(1)
                .uid("events-from-" + from + "-to-" + lastIndex)
                .flatMap(new Recorded(to))
                .returns(EventTypes.STREAM_EVENT)
                .setParallelism(1)
                .assignTimestampsAndWatermarks(
                        WatermarkStrategy.<StreamEvent>forGenerator(context -> new EveryEvent())
                                .withTimestampAssigner((event, before) -> event.eventTime()))
                .setParallelism(1);
    }

    private static final class Recorded implements FlatMapFunction<Long, StreamEvent> {
        private static final long serialVersionUID = 1L;
        private final int to;

        private Recorded(int to) {
            this.to = to;
        }

        @Override
        public void flatMap(Long index, Collector<StreamEvent> out) throws Exception {
            if (index < to) {
                out.collect(event(index.intValue()));
            } else {
                EVERYTHING_SENT.get().countDown();
                Thread.sleep(1);
            }
        }
    }

    /** A watermark after each event, a minute behind: it depends on nothing but the events. */
    private static final class EveryEvent implements WatermarkGenerator<StreamEvent> {
        @Override
        public void onEvent(StreamEvent event, long timestamp, WatermarkOutput output) {
            output.emitWatermark(new Watermark(timestamp - 60_000));
        }

        @Override
        public void onPeriodicEmit(WatermarkOutput output) {
            // Never by the clock.
        }
    }

    private static StreamEvent event(int index) {
        Random random = new Random(index * 7919L + 17);
        float[] values = new float[CHANNELS];
        for (int c = 0; c < CHANNELS; c++) {
            double rhythm = Math.sin(index * (c + 1) / 50.0);
            values[c] =
                    (float) (rhythm + 0.1 * random.nextGaussian() + (index % 500 > 480 ? 3 : 0));
        }
        return new Observation(
                "stream-" + index % STREAMS,
                1,
                index / STREAMS,
                START + STEP_MILLIS * index,
                START + STEP_MILLIS * index + 5,
                0,
                values,
                index % 300 > 280 ? Health.FROZEN : Health.OK,
                Origin.NONE);
    }

    static void build(DataStream<StreamEvent> events, Path folder) throws Exception {
        SsmInference memory =
                SsmInference.on(events)
                        .model("memory")
                        .option(OxbowOptions.MODEL_INPUT_DIM, CHANNELS)
                        .uid("memory")
                        .build();
        StreamSummaries summaries =
                StreamSummaries.of(memory.signals())
                        .option(
                                SummaryOptions.WINDOW,
                                List.of(Duration.ofMinutes(10), Duration.ofHours(1)))
                        .uid("summaries")
                        .build();
        SingleOutputStreamOperator<StreamEvent> padded =
                events.map(StoredJob::padded).returns(EventTypes.STREAM_EVENT);
        SsmInference mamba =
                SsmInference.on(padded)
                        .model(folder.resolve("mamba").toString())
                        .option(OxbowOptions.OUTPUT_EMBEDDING, true)
                        .option(OxbowOptions.TIME_REORDER_WITHIN, Duration.ofMinutes(1))
                        .uid("mamba")
                        .build();
        memory.inferences()
                .map(
                        i ->
                                Said.line(
                                                "memory",
                                                i.streamId(),
                                                i.seq(),
                                                i.stateVersion(),
                                                i.score())
                                        + Said.numbers(i.forecast()))
                .returns(String.class)
                .union(
                        mamba.inferences()
                                .map(
                                        i ->
                                                Said.line(
                                                                "mamba",
                                                                i.streamId(),
                                                                i.seq(),
                                                                i.stateVersion())
                                                        + Said.numbers(i.embedding()))
                                .returns(String.class),
                        summaries
                                .summaries()
                                .map(
                                        s ->
                                                Said.line(
                                                                "summary-" + s.kind(),
                                                                s.streamId(),
                                                                s.to(),
                                                                s.stateVersion(),
                                                                s.events(),
                                                                s.meanActivity())
                                                        + Said.numbers(s.activity().values()))
                                .returns(String.class),
                        summaries
                                .anomalies()
                                .map(
                                        a ->
                                                Said.line(
                                                        "anomaly-" + a.kind() + "-" + a.phase(),
                                                        a.streamId(),
                                                        a.eventTime(),
                                                        a.openedAt()))
                                .returns(String.class))
                .map(Said::say)
                .returns(String.class)
                .sinkTo(new DiscardingSink<>());
    }

    /** The sample Mamba takes twice as many channels. */
    private static StreamEvent padded(StreamEvent event) {
        Observation o = (Observation) event;
        float[] values = Arrays.copyOf(o.values(), 2 * CHANNELS);
        return new Observation(
                o.streamId(),
                o.epoch(),
                o.seq(),
                o.eventTime(),
                o.ingestTime(),
                o.encoderHash(),
                values,
                o.health(),
                o.origin());
    }
}
