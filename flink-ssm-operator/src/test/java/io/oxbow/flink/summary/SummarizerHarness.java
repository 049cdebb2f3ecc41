package io.oxbow.flink.summary;

import io.oxbow.flink.VectorMeanings;
import io.oxbow.flink.event.Anomaly;
import io.oxbow.flink.event.Answer;
import io.oxbow.flink.event.EventTypes;
import io.oxbow.flink.event.StreamSignal;
import io.oxbow.flink.event.Summary;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;

/** A {@link StreamSummarizer} of any parallelism, that can be stopped and restored. */
final class SummarizerHarness implements AutoCloseable {
    private static final int MAX_PARALLELISM = 16;

    private final Configuration config;
    private final VectorMeanings meanings;
    private final StateBackend backend;
    private List<KeyedOneInputStreamOperatorTestHarness<String, StreamSignal, Summary>> subtasks;
    private final Found found = new Found(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());

    /** All that came out, in order. */
    record Found(List<Summary> summaries, List<Anomaly> anomalies, List<Answer> answers) {

        /** By stream: the order between streams means nothing. */
        Map<String, List<Object>> byStream() {
            Map<String, List<Object>> streams = new TreeMap<>();
            summaries.forEach(s -> list(streams, s.streamId() + " summaries").add(s));
            anomalies.forEach(a -> list(streams, a.streamId() + " anomalies").add(a));
            answers.forEach(a -> list(streams, a.streamId() + " answers").add(a));
            return streams;
        }

        private static List<Object> list(Map<String, List<Object>> streams, String name) {
            return streams.computeIfAbsent(name, any -> new ArrayList<>());
        }
    }

    SummarizerHarness(Configuration config) throws Exception {
        this(config, VectorMeanings.NONE, new HashMapStateBackend(), 1);
    }

    SummarizerHarness(Configuration config, VectorMeanings meanings) throws Exception {
        this(config, meanings, new HashMapStateBackend(), 1);
    }

    SummarizerHarness(Configuration config, StateBackend backend, int parallelism)
            throws Exception {
        this(config, VectorMeanings.NONE, backend, parallelism);
    }

    private SummarizerHarness(
            Configuration config, VectorMeanings meanings, StateBackend backend, int parallelism)
            throws Exception {
        this.config = config;
        this.meanings = meanings;
        this.backend = backend;
        open(List.of(), parallelism);
    }

    private void open(List<OperatorSubtaskState> states, int parallelism) throws Exception {
        subtasks = new ArrayList<>();
        for (int i = 0; i < parallelism; i++) {
            var subtask =
                    new KeyedOneInputStreamOperatorTestHarness<String, StreamSignal, Summary>(
                            new StreamSummarizer(SummarySettings.from(config, meanings)),
                            StreamSignal::streamId,
                            Types.STRING,
                            MAX_PARALLELISM,
                            parallelism,
                            i);
            subtask.setStateBackend(backend);
            subtask.setup(EventTypes.SUMMARY.createSerializer(null));
            if (!states.isEmpty()) {
                OperatorSubtaskState all =
                        KeyedOneInputStreamOperatorTestHarness.repackageState(
                                states.toArray(OperatorSubtaskState[]::new));
                subtask.initializeState(
                        KeyedOneInputStreamOperatorTestHarness.repartitionOperatorState(
                                all, MAX_PARALLELISM, states.size(), parallelism, i));
            }
            subtask.open();
            subtasks.add(subtask);
        }
    }

    void send(StreamSignal signal) throws Exception {
        int group =
                KeyGroupRangeAssignment.assignKeyToParallelOperator(
                        signal.streamId(), MAX_PARALLELISM, subtasks.size());
        subtasks.get(group).processElement(new StreamRecord<>(signal, signal.eventTime()));
    }

    void send(List<? extends StreamSignal> signals) throws Exception {
        for (StreamSignal signal : signals) {
            send(signal);
        }
    }

    /** Sends events of one activity, evenly spaced. */
    void steady(String stream, long from, long to, long every, float activity) throws Exception {
        for (long t = from; t < to; t += every) {
            send(Signals.event(stream, t, activity));
        }
    }

    void watermark(long time) throws Exception {
        for (var subtask : subtasks) {
            subtask.processWatermark(time);
        }
    }

    /** Streams whose memory lies in the state backend after a checkpoint. */
    int storedStreams() throws Exception {
        int streams = 0;
        for (var subtask : subtasks) {
            subtask.snapshot(1, 1);
            streams += subtask.numKeyedStateEntries();
        }
        return streams;
    }

    /** Sets the clock on the wall. */
    void clock(long time) throws Exception {
        for (var subtask : subtasks) {
            subtask.setProcessingTime(time);
        }
    }

    void snapshotOnly() throws Exception {
        for (var subtask : subtasks) {
            subtask.snapshot(1, 1);
        }
    }

    /** Takes a savepoint, stops, and goes on from it. */
    void restart(int parallelism) throws Exception {
        List<OperatorSubtaskState> states = new ArrayList<>();
        for (var subtask : subtasks) {
            states.add(subtask.snapshot(1, 1));
        }
        close();
        open(states, parallelism);
    }

    Found found() {
        for (var subtask : subtasks) {
            for (Object element : subtask.getOutput()) {
                if (element instanceof StreamRecord<?> record) {
                    found.summaries().add((Summary) record.getValue());
                }
            }
            subtask.getOutput().clear();
            drain(subtask.getSideOutput(StreamSummarizer.ANOMALIES), found.anomalies());
            drain(subtask.getSideOutput(StreamSummarizer.ANSWERS), found.answers());
        }
        return found;
    }

    private static <T> void drain(Queue<StreamRecord<T>> queue, List<T> into) {
        if (queue != null) {
            queue.forEach(record -> into.add(record.getValue()));
            queue.clear();
        }
    }

    @Override
    public void close() {
        found();
        for (var subtask : subtasks) {
            try {
                subtask.close();
            } catch (Exception e) {
                throw new AssertionError("the operator does not close", e);
            }
        }
    }
}
