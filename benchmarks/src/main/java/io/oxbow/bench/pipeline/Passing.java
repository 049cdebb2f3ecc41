package io.oxbow.bench.pipeline;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.apache.flink.api.common.functions.RichMapFunction;

/**
 * Lets values through and notes when every 1024th came by. The notes of all subtasks are put
 * together in this process, where the cluster runs too.
 */
public final class Passing<T> extends RichMapFunction<T, T> {
    private static final long serialVersionUID = 1L;
    private static final int STRIDE = 1024;
    private static final List<long[]> NOTES = Collections.synchronizedList(new ArrayList<>());

    /** How many have passed in all subtasks, to within a stride each. */
    private static final LongAdder PASSED = new LongAdder();

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
        PASSED.add(STRIDE);
    }

    @Override
    public void close() {
        if (noted > 0) {
            NOTES.add(Arrays.copyOf(times, noted));
        }
    }

    /** How many have passed so far, in all subtasks of this process. */
    public static long passed() {
        return PASSED.sum();
    }

    /** Values a second of all subtasks between the moments when 40 and 95 % of all had passed. */
    public static double steadyRate() {
        return rate(0.4, 0.95);
    }

    /**
     * Values a second of all subtasks between the moments when those parts of all had passed; NaN
     * if that were too few to tell.
     */
    public static double rate(double from, double to) {
        long[] all = NOTES.stream().flatMapToLong(Arrays::stream).sorted().toArray();
        int first = (int) (from * (all.length - 1));
        int last = (int) (to * (all.length - 1));
        if (last <= first) {
            return Double.NaN;
        }
        return (last - first) * (double) STRIDE / (all[last] - all[first]) * 1e9;
    }
}
