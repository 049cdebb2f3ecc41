package io.oxbow.compute.tornado;

import io.oxbow.compute.TokenBatch;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.arrays.LongArray;

/**
 * A stretch of a {@link TokenBatch} in off-heap arrays, as it travels to the device.
 *
 * @param sizes (2): number of tokens, number of streams
 * @param offsets (maxStreams + 1)
 * @param slots (maxStreams)
 * @param tokens (maxTokens, inputDim)
 * @param eventTimes (maxTokens)
 */
record DeviceBatch(
        IntArray sizes, IntArray offsets, IntArray slots, FloatArray tokens, LongArray eventTimes) {
    static final int TOKENS = 0;
    static final int STREAMS = 1;

    static DeviceBatch allocate(DeviceMemory memory, int inputDim, int maxTokens, int maxStreams) {
        return new DeviceBatch(
                memory.ints(2),
                memory.ints(maxStreams + 1),
                memory.ints(maxStreams),
                memory.floats((long) inputDim * maxTokens),
                memory.longs(maxTokens));
    }

    /** Takes the tokens {@code from .. to} of {@code batch}, and the streams they belong to. */
    void load(TokenBatch batch, int from, int to) {
        int[] starts = batch.offsets();
        int streams = 0;
        for (int s = 0; s < batch.streamCount(); s++) {
            if (starts[s + 1] > from && starts[s] < to) {
                offsets.set(streams, Math.max(starts[s], from) - from);
                slots.set(streams, batch.slots()[s]);
                streams++;
            }
        }
        offsets.set(streams, to - from);
        sizes.set(TOKENS, to - from);
        sizes.set(STREAMS, streams);
        int dim = batch.inputDim();
        MemorySegment.copy(
                batch.tokens(),
                from * dim,
                tokens.getSegment(),
                ValueLayout.JAVA_FLOAT,
                0,
                (to - from) * dim);
        MemorySegment.copy(
                batch.eventTimes(),
                from,
                eventTimes.getSegment(),
                ValueLayout.JAVA_LONG,
                0,
                to - from);
    }

    static void copy(int[] from, int count, IntArray to) {
        MemorySegment.copy(from, 0, to.getSegment(), ValueLayout.JAVA_INT, 0, count);
    }

    static void copy(float[] from, int count, FloatArray to) {
        MemorySegment.copy(from, 0, to.getSegment(), ValueLayout.JAVA_FLOAT, 0, count);
    }

    static void copy(float[] from, int at, int count, FloatArray to) {
        MemorySegment.copy(from, at, to.getSegment(), ValueLayout.JAVA_FLOAT, 0, count);
    }

    static void copy(long[] from, int at, int count, LongArray to) {
        MemorySegment.copy(from, at, to.getSegment(), ValueLayout.JAVA_LONG, 0, count);
    }

    static void copy(FloatArray from, float[] to, int at, int count) {
        MemorySegment.copy(from.getSegment(), ValueLayout.JAVA_FLOAT, 0, to, at, count);
    }

    static void copy(LongArray from, long[] to, int at, int count) {
        MemorySegment.copy(from.getSegment(), ValueLayout.JAVA_LONG, 0, to, at, count);
    }
}
