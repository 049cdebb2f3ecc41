package io.oxbow.bench.pipeline;

import io.oxbow.flink.event.StreamEvent;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;

/**
 * Makes feature events of numbers, in the task. Each subtask has streams of its own and walks them
 * in turn, so that the events of a stream are in order.
 */
public final class GeneratedFeatures extends RichMapFunction<Long, StreamEvent> {
    private static final long serialVersionUID = 1L;

    private final int streams;
    private transient SampleFeatures features;
    private int subtask;
    private int subtasks;
    private long turns;
    private int next;

    public GeneratedFeatures(int streams) {
        this.streams = streams;
    }

    @Override
    public void open(OpenContext context) {
        features = new SampleFeatures();
        subtask = getRuntimeContext().getTaskInfo().getIndexOfThisSubtask();
        subtasks = getRuntimeContext().getTaskInfo().getNumberOfParallelSubtasks();
    }

    @Override
    public StreamEvent map(Long number) {
        StreamEvent event = features.event(subtask + next, turns, 0);
        next += subtasks;
        if (subtask + next >= streams) {
            next = 0;
            turns++;
        }
        return event;
    }
}
