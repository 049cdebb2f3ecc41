package io.oxbow.flink.summary;

import io.oxbow.flink.VectorMeanings;
import io.oxbow.flink.event.Anomaly;
import io.oxbow.flink.event.Answer;
import io.oxbow.flink.event.EventTypes;
import io.oxbow.flink.event.StreamSignal;
import io.oxbow.flink.event.Summary;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamUtils;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/**
 * Summaries, anomalies and answers of all streams, each from its own memory of fixed size.
 *
 * <pre>{@code
 * StreamSummaries memory = StreamSummaries.of(inference.signals()).build();
 * memory.summaries().sinkTo(...);
 * memory.anomalies().sinkTo(...);
 * memory.answers().sinkTo(...);
 * }</pre>
 *
 * <p>The signals must come from an operator keyed by stream id, as the inference operator is, with
 * nothing in between: the summariser is chained to it without a shuffle, and relies on its keys.
 * Options are taken from the environment's configuration; those given to the builder win.
 */
public final class StreamSummaries {
    private final SingleOutputStreamOperator<Summary> summaries;

    private StreamSummaries(SingleOutputStreamOperator<Summary> summaries) {
        this.summaries = summaries;
    }

    public static Builder of(DataStream<StreamSignal> signals) {
        return new Builder(signals);
    }

    /** One at the end of each window, as of the window's end. */
    public DataStream<Summary> summaries() {
        return summaries;
    }

    /** Novelty, bad health, silence and lost model states, as they open and close. */
    public DataStream<Anomaly> anomalies() {
        return summaries.getSideOutput(StreamSummarizer.ANOMALIES);
    }

    /** One to every question, in the order of the stream's events. */
    public DataStream<Answer> answers() {
        return summaries.getSideOutput(StreamSummarizer.ANSWERS);
    }

    /**
     * Bytes of one stream's memory under those options: the same for every stream, whatever it saw.
     *
     * @throws IllegalArgumentException if an option is out of its bounds, or the memory would be
     */
    public static int bytesPerStream(ReadableConfig options) {
        return new MemoryPlan(SummarySettings.from(options, VectorMeanings.NONE)).bytesPerStream();
    }

    /** What is to be remembered, and of which signals. */
    public static final class Builder {
        private final DataStream<StreamSignal> signals;
        private final Configuration options = new Configuration();
        private VectorMeanings meanings = VectorMeanings.NONE;
        private String uid = "oxbow-summaries";

        private Builder(DataStream<StreamSignal> signals) {
            this.signals = signals;
            options.addAll(
                    Configuration.fromMap(
                            signals.getExecutionEnvironment().getConfiguration().toMap()));
        }

        /** Takes over all options set in {@code options}; see {@link SummaryOptions}. */
        public Builder options(ReadableConfig options) {
            this.options.addAll(Configuration.fromMap(options.toMap()));
            return this;
        }

        public <T> Builder option(ConfigOption<T> option, T value) {
            options.set(option, value);
            return this;
        }

        /**
         * What the streams' vectors are, by their encoders. {@link SummaryOptions#CHANNEL_NAMES}
         * names the channels of all others.
         */
        public Builder vectorMeanings(VectorMeanings meanings) {
            this.meanings = meanings;
            return this;
        }

        /** The identity of the memories in savepoints; change it when there are two. */
        public Builder uid(String uid) {
            this.uid = uid;
            return this;
        }

        /**
         * @throws IllegalArgumentException if an option is out of its bounds, or the memory of a
         *     stream would be
         */
        public StreamSummaries build() {
            SummarySettings settings = SummarySettings.from(options, meanings);
            // Refuses a plan above its bound here, where the user sees it.
            new MemoryPlan(settings);
            SingleOutputStreamOperator<Summary> summaries =
                    DataStreamUtils.reinterpretAsKeyedStream(
                                    signals, StreamSignal::streamId, Types.STRING)
                            .transform(
                                    "Oxbow summaries",
                                    EventTypes.SUMMARY,
                                    new StreamSummarizer(settings))
                            .uid(uid)
                            .setParallelism(signals.getParallelism());
            return new StreamSummaries(summaries);
        }
    }
}
