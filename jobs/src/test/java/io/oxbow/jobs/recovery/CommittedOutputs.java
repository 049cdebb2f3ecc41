package io.oxbow.jobs.recovery;

import io.oxbow.kafka.EventMappings;
import io.oxbow.kafka.EventReader;
import io.oxbow.kafka.EventType;
import io.oxbow.kafka.EventTypes;
import io.oxbow.kafka.event.DeadLetter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.flink.configuration.Configuration;

/**
 * What a job has committed, as a consumer with {@code read_committed} sees it: each stream's
 * records in the order of its partition, as text that shows every field.
 */
record CommittedOutputs(
        Map<String, List<String>> inferences,
        Map<String, List<String>> summaries,
        Map<String, List<String>> anomalies,
        List<DeadLetter> deadLetters) {
    /** A topic is at its end when nothing has come for so long. */
    private static final Duration QUIET = Duration.ofMillis(1500);

    static CommittedOutputs read(Configuration config) throws Exception {
        return new CommittedOutputs(
                byStream(EventTypes.INFERENCE, config),
                byStream(EventTypes.SUMMARY, config),
                byStream(EventTypes.ANOMALY, config),
                all(EventTypes.DEAD_LETTER, config));
    }

    private static <R extends SpecificRecordBase> List<R> all(
            EventType<R> type, Configuration config) throws Exception {
        List<R> records = new ArrayList<>();
        try (EventReader<R> reader = EventReader.fromStart(EventMappings.same(type), config)) {
            List<R> some = reader.poll(Duration.ofSeconds(5));
            while (!some.isEmpty()) {
                records.addAll(some);
                some = reader.poll(QUIET);
            }
        }
        return records;
    }

    private static <R extends SpecificRecordBase> Map<String, List<String>> byStream(
            EventType<R> type, Configuration config) throws Exception {
        Map<String, List<String>> byStream = new TreeMap<>();
        for (R record : all(type, config)) {
            String stream = record.get(record.getSchema().getField("streamId").pos()).toString();
            byStream.computeIfAbsent(stream, id -> new ArrayList<>()).add(record.toString());
        }
        return byStream;
    }
}
