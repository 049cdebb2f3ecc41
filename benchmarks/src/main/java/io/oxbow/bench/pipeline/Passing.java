package io.oxbow.bench.pipeline;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.apache.flink.api.common.functions.RichMapFunction;

/**
 * Lets values through and notes when every 1024th came by. The notes of all subtasks are put
 * together in this process, where the cluster runs too.
 */
final class Passing<T> extends RichMapFunction<T, T> {
    private static final long serialVersionUID = 1L;
    private static final int STRIDE = 1024;
    private static final List<long[]> NOTES = Collections.synchronizedList(new ArrayList<>());

    private transient long[] times;
    private transient int noted;
    private transient int sinceNote;

    @Override
    public T map(T value) {
        if (++sinceNote == STRIDE) {
            sinceNote = 0;
            note();
        }
        return value;
    }

    private void note() {
        if (times == null) {
            times = new long[1024];
        } else if (noted == times.length) {
            times = Arrays.copyOf(times, 2 * noted);
        }
        times[noted++] = System.nanoTime();
    }

    @Override
    public void close() {
        if (noted > 0) {
            NOTES.add(Arrays.copyOf(times, noted));
        }
    }

    /** Values a second of all subtasks between the moments when 40 and 95 % of all had passed. */
    static double steadyRate() {
        long[] all = NOTES.stream().flatMapToLong(Arrays::stream).sorted().toArray();
        int from = (int) (0.4 * (all.length - 1));
        int to = (int) (0.95 * (all.length - 1));
        return to <= from
                ? Double.NaN
                : (to - from) * (double) STRIDE / (all[to] - all[from]) * 1e9;
    }
}
