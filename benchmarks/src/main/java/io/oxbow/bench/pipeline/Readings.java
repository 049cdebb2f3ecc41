package io.oxbow.bench.pipeline;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.java.tuple.Tuple3;

/**
 * Makes readings of numbers: stream, event time in milliseconds, value. Each subtask has streams of
 * its own and walks them in turn, so that the readings of a stream are in order.
 */
final class Readings extends RichMapFunction<Long, Tuple3<Integer, Integer, Float>> {
    private static final long serialVersionUID = 1L;

    private final int streams;
    private int subtask;
    private int subtasks;
    private int turns;
    private int next;

    Readings(int streams) {
        this.streams = streams;
    }

    @Override
    public void open(OpenContext context) {
        subtask = getRuntimeContext().getTaskInfo().getIndexOfThisSubtask();
        subtasks = getRuntimeContext().getTaskInfo().getNumberOfParallelSubtasks();
    }

    @Override
    public Tuple3<Integer, Integer, Float> map(Long number) {
        int stream = subtask + next;
        int time = turns;
        next += subtasks;
        if (subtask + next >= streams) {
            next = 0;
            turns++;
        }
        return Tuple3.of(stream, time, (float) Math.sin(0.01 * time + stream));
    }
}
