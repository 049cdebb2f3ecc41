package io.oxbow.bench.pipeline;

import io.oxbow.flink.event.StreamEvent;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;

/**
 * Makes feature events of numbers, in the task. Each subtask has streams of its own and walks them
 * in turn, so that the events of a stream are in order.
 */
public final class GeneratedFeatures extends RichMapFunction<Long, StreamEvent> {
    private static final long serialVersionUID = 1L;
    private static final long TICK_NANOS = 1_000_000;

    private final int streams;
    private final double rate;
    private transient SampleFeatures features;
    private transient long start;
    private int subtask;
    private int subtasks;
    private long turns;
    private int next;

    /** As many events as are taken. */
    public GeneratedFeatures(int streams) {
        this(streams, 0);
    }

    /**
     * @param rate events of each stream a second; 0 for as many as are taken
     */
    public GeneratedFeatures(int streams, double rate) {
        this.streams = streams;
        this.rate = rate;
    }

    @Override
    public void open(OpenContext context) {
        features = new SampleFeatures();
        subtask = getRuntimeContext().getTaskInfo().getIndexOfThisSubtask();
        subtasks = getRuntimeContext().getTaskInfo().getNumberOfParallelSubtasks();
    }

    @Override
    public StreamEvent map(Long number) {
        if (rate > 0) {
            awaitTurn();
        }
        StreamEvent event = features.event(subtask + next, turns, 0);
        next += subtasks;
        if (subtask + next >= streams) {
            next = 0;
            turns++;
        }
        return event;
    }

    private void awaitTurn() {
        if (start == 0) {
            start = System.nanoTime();
        }
        double seconds = (turns + (double) (subtask + next) / streams) / rate;
        long due = start + (long) (1e9 * seconds);
        long early = due - System.nanoTime();
        if (early > TICK_NANOS) {
            LockSupport.parkNanos(early);
        }
    }
}
