package io.oxbow.jobs.detect;

import io.oxbow.flink.OxbowOptions;
import io.oxbow.flink.event.EventTypes;
import io.oxbow.flink.event.StreamEvent;
import io.oxbow.flink.inference.SsmInference;
import io.oxbow.flink.summary.StreamSummaries;
import io.oxbow.flink.summary.SummaryOptions;
import java.nio.file.Path;
import java.util.List;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The pipeline of one detection: rows of a file, the operator, scores in a file. One subtask, so
 * that the rows keep their order.
 *
 * @param observations an {@link ObservationFile}
 * @param scores the {@link ScoreFile} to write
 * @param rows how many observations there are
 * @param names of the values in each
 * @param outlook the {@link OutlookFile} to write, or null if nothing is to be forecast
 * @param alerts the {@link AlertFile} to write, or null
 */
record DetectionJob(
        Path observations, Path scores, long rows, List<String> names, Path outlook, Path alerts) {
    private static final String STREAM = "detect";

    void build(StreamExecutionEnvironment environment, ReadableConfig options) {
        environment.setParallelism(1);
        int columns = names.size();
        DataStream<StreamEvent> events =
                environment.fromSource(
                        new DataGeneratorSource<>(
                                new ObservationRows(STREAM, observations, columns, rows),
                                outlook == null ? rows : rows + 1,
                                EventTypes.STREAM_EVENT),
                        WatermarkStrategy.noWatermarks(),
                        "Rows");
        SsmInference inference =
                SsmInference.on(events)
                        .options(options)
                        .option(OxbowOptions.MODEL_INPUT_DIM, columns)
                        .option(OxbowOptions.OUTPUT_ATTRIBUTION, alerts != null)
                        .build();
        inference.inferences().sinkTo(new ScoreSink(scores, columns)).name("Scores");
        if (outlook != null) {
            inference.signals().sinkTo(new OutlookFile(outlook)).name("Outlook");
        }
        if (alerts != null) {
            StreamSummaries.of(inference.signals())
                    .options(options)
                    .option(SummaryOptions.CHANNEL_NAMES, names)
                    .build()
                    .anomalies()
                    .sinkTo(new AlertFile(alerts, names))
                    .name("Alerts");
        }
    }
}
