package io.oxbow.jobs.console;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToLongFunction;
import org.apache.kafka.common.TopicPartition;

/**
 * Where reading goes on in each partition, held against what Kafka still has: says in a sentence
 * what was lost. Not thread-safe.
 */
final class ReadingPlaces {
    private final ToLongFunction<String> recordsBack;
    private final Map<TopicPartition, Long> next = new HashMap<>();

    /**
     * @param recordsBack how many of a topic's newest records are worth reading
     */
    ReadingPlaces(ToLongFunction<String> recordsBack) {
        this.recordsBack = recordsBack;
    }

    /**
     * What holding the places against Kafka came to.
     *
     * @param moved whether any place is another than before
     * @param loss a sentence for each thing that was lost; empty if nothing was
     */
    record Outcome(boolean moved, String loss) {}

    /** Offset of the next record; there must have been one {@link #hold}. */
    long next(TopicPartition partition) {
        return next.get(partition);
    }

    void readTo(TopicPartition partition, long offset) {
        next.put(partition, offset);
    }

    /** Records between the places and the ends. */
    long left(Map<TopicPartition, Long> ends) {
        long left = 0;
        for (Map.Entry<TopicPartition, Long> end : ends.entrySet()) {
            left += Math.max(0, end.getValue() - next.getOrDefault(end.getKey(), end.getValue()));
        }
        return left;
    }

    /**
     * Puts every place where its partition has something: new ones before their newest records,
     * those whose records are gone to the oldest there is.
     *
     * @param begins offset of the oldest record of every partition there is
     * @param ends offset after the newest, of the same partitions
     */
    Outcome hold(Map<TopicPartition, Long> begins, Map<TopicPartition, Long> ends) {
        Map<String, Long> deleted = new TreeMap<>();
        Set<String> anew = new TreeSet<>();
        Set<String> gone = new TreeSet<>();
        boolean moved = false;
        for (Map.Entry<TopicPartition, Long> entry : begins.entrySet()) {
            TopicPartition partition = entry.getKey();
            long begin = entry.getValue();
            long end = ends.get(partition);
            Long place = next.get(partition);
            if (place == null) {
                next.put(partition, Math.max(begin, end - back(partition, begins.keySet())));
            } else if (place < begin) {
                deleted.merge(partition.topic(), begin - place, Long::sum);
                next.put(partition, begin);
            } else if (place > end) {
                anew.add(partition.topic());
                next.put(partition, begin);
            } else {
                continue;
            }
            moved = true;
        }
        for (TopicPartition partition : next.keySet()) {
            if (!begins.containsKey(partition)) {
                gone.add(partition.topic());
            }
        }
        next.keySet().retainAll(begins.keySet());
        return new Outcome(moved, sentences(deleted, anew, gone));
    }

    private long back(TopicPartition partition, Set<TopicPartition> all) {
        String topic = partition.topic();
        long partitions = all.stream().filter(other -> other.topic().equals(topic)).count();
        return recordsBack.applyAsLong(topic) / partitions;
    }

    private static String sentences(Map<String, Long> deleted, Set<String> anew, Set<String> gone) {
        List<String> losses = new ArrayList<>();
        deleted.forEach(
                (topic, records) ->
                        losses.add(
                                String.format(
                                        Locale.ROOT,
                                        "%,d %s of %s gone before being read.",
                                        records,
                                        records == 1 ? "record" : "records",
                                        topic + (records == 1 ? " was" : " were"))));
        if (!anew.isEmpty()) {
            losses.add(
                    String.join(", ", anew)
                            + (anew.size() == 1 ? " was" : " were")
                            + " made anew: what came after what is shown here may be lost;"
                            + " what is shown stays.");
        }
        if (!gone.isEmpty()) {
            losses.add(
                    String.join(", ", gone)
                            + (gone.size() == 1 ? " is" : " are")
                            + " no longer on Kafka: what is shown stays, and is added to when"
                            + " results come again.");
        }
        return String.join(" ", losses);
    }
}
