package io.oxbow.bench.chaos;

import io.oxbow.kafka.EventMappings;
import io.oxbow.kafka.EventReader;
import io.oxbow.kafka.EventType;
import io.oxbow.kafka.EventTypes;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeoutException;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.flink.configuration.Configuration;

/**
 * What a job has committed: by topic and stream, the records in the order of their partition, as
 * text that shows every field.
 */
final class CommittedResults {
    private static final List<EventType<?>> TYPES =
            List.of(
                    EventTypes.INFERENCE,
                    EventTypes.SUMMARY,
                    EventTypes.ANOMALY,
                    EventTypes.DEAD_LETTER);
    private static final Duration QUIET = Duration.ofSeconds(3);

    private final Map<String, List<String>> records = new TreeMap<>();

    /** Waits until that many inferences are committed; patience is for none in between. */
    static void await(Configuration options, long inferences, Duration patience)
            throws IOException, TimeoutException {
        long giveUp = System.nanoTime() + patience.toNanos();
        long seen = 0;
        try (var reader =
                EventReader.fromStart(EventMappings.same(EventTypes.INFERENCE), options)) {
            while (seen < inferences) {
                int more = reader.poll(Duration.ofMillis(500)).size();
                seen += more;
                if (more > 0) {
                    giveUp = System.nanoTime() + patience.toNanos();
                } else if (System.nanoTime() > giveUp) {
                    throw new TimeoutException(
                            "%d of %d inferences, and none for %s"
                                    .formatted(seen, inferences, patience));
                }
            }
        }
    }

    /** Reads all there is. */
    static CommittedResults read(Configuration options) throws IOException {
        CommittedResults results = new CommittedResults();
        for (EventType<?> type : TYPES) {
            results.add(type, options);
        }
        return results;
    }

    private <R extends SpecificRecordBase> void add(EventType<R> type, Configuration options)
            throws IOException {
        try (EventReader<R> reader = EventReader.fromStart(EventMappings.same(type), options)) {
            List<R> some;
            do {
                some = reader.poll(QUIET);
                for (R record : some) {
                    Object stream = record.get(record.getSchema().getField("streamId").pos());
                    records.computeIfAbsent(type.name() + " of " + stream, n -> new ArrayList<>())
                            .add(record.toString());
                }
            } while (!some.isEmpty());
        }
    }

    long count() {
        return records.values().stream().mapToLong(List::size).sum();
    }

    /** Records that are missing, too many, or not the same, and the first of them in words. */
    Difference differenceFrom(CommittedResults expected) {
        long different = 0;
        String first = "";
        Map<String, List<String>> all = new TreeMap<>(expected.records);
        all.putAll(records);
        for (String name : all.keySet()) {
            List<String> here = records.getOrDefault(name, List.of());
            List<String> there = expected.records.getOrDefault(name, List.of());
            for (int i = 0; i < Math.max(here.size(), there.size()); i++) {
                String found = i < here.size() ? here.get(i) : "nothing";
                String wanted = i < there.size() ? there.get(i) : "nothing";
                if (!found.equals(wanted)) {
                    different++;
                    if (first.isEmpty()) {
                        first = "%s, record %d: %s instead of %s".formatted(name, i, found, wanted);
                    }
                }
            }
        }
        return new Difference(different, first);
    }

    /**
     * @param first empty if there is none
     */
    record Difference(long records, String first) {}
}
