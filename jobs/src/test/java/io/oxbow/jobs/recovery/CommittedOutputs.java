package io.oxbow.jobs.recovery;

import static org.assertj.core.api.Assertions.assertThat;

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
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** A topic with all that is expected is at its end when nothing more comes for so long. */
    private static final Duration QUIET = Duration.ofSeconds(2);

    /**
     * Reads all there is, and waits for as many records as are expected.
     *
     * @param expected outputs of which there must be as many
     */
    static CommittedOutputs read(Configuration config, CommittedOutputs expected, int deadLetters)
            throws Exception {
        return new CommittedOutputs(
                byStream(EventTypes.INFERENCE, count(expected.inferences), config),
                byStream(EventTypes.SUMMARY, count(expected.summaries), config),
                byStream(EventTypes.ANOMALY, count(expected.anomalies), config),
                all(EventTypes.DEAD_LETTER, deadLetters, config));
    }

    /** Of a job from which nothing is expected yet. */
    static CommittedOutputs none() {
        return new CommittedOutputs(Map.of(), Map.of(), Map.of(), List.of());
    }

    /** Dead letters are not compared: they carry the time at which they were written. */
    void assertSameResultsAs(CommittedOutputs expected) {
        assertSame("inferences", inferences, expected.inferences);
        assertSame("summaries", summaries, expected.summaries);
        assertSame("anomalies", anomalies, expected.anomalies);
    }

    /** Names the first record that differs instead of printing all of them. */
    private static void assertSame(
            String topic, Map<String, List<String>> actual, Map<String, List<String>> expected) {
        assertThat(actual.keySet()).as("streams of " + topic).isEqualTo(expected.keySet());
        expected.forEach(
                (stream, records) -> {
                    List<String> found = actual.get(stream);
                    for (int i = 0; i < Math.min(found.size(), records.size()); i++) {
                        assertThat(found.get(i))
                                .as("%s of %s, record %d", topic, stream, i)
                                .isEqualTo(records.get(i));
                    }
                    assertThat(found.size())
                            .as("number of %s of %s", topic, stream)
                            .isEqualTo(records.size());
                });
    }

    private static int count(Map<String, List<String>> records) {
        return records.values().stream().mapToInt(List::size).sum();
    }

    private static <R extends SpecificRecordBase> List<R> all(
            EventType<R> type, int expected, Configuration config) throws Exception {
        List<R> records = new ArrayList<>();
        long giveUp = System.nanoTime() + PATIENCE.toNanos();
        try (EventReader<R> reader = EventReader.fromStart(EventMappings.same(type), config)) {
            List<R> some;
            do {
                some = reader.poll(QUIET);
                records.addAll(some);
            } while (!some.isEmpty() || (records.size() < expected && System.nanoTime() < giveUp));
        }
        return records;
    }

    private static <R extends SpecificRecordBase> Map<String, List<String>> byStream(
            EventType<R> type, int expected, Configuration config) throws Exception {
        Map<String, List<String>> byStream = new TreeMap<>();
        for (R record : all(type, expected, config)) {
            String stream = record.get(record.getSchema().getField("streamId").pos()).toString();
            byStream.computeIfAbsent(stream, id -> new ArrayList<>()).add(record.toString());
        }
        return byStream;
    }
}
