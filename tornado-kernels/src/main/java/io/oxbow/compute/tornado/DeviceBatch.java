package io.oxbow.compute.tornado;

import io.oxbow.compute.TokenBatch;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * A {@link TokenBatch} in off-heap arrays, as it travels to the device.
 *
 * @param sizes (2): number of tokens, number of streams
 * @param offsets (maxStreams + 1)
 * @param slots (maxStreams)
 * @param tokens (maxTokens, inputDim)
 */
record DeviceBatch(IntArray sizes, IntArray offsets, IntArray slots, FloatArray tokens) {
    static final int TOKENS = 0;
    static final int STREAMS = 1;

    static DeviceBatch allocate(int inputDim, int maxTokens, int maxStreams) {
        return new DeviceBatch(
                new IntArray(2),
                new IntArray(maxStreams + 1),
                new IntArray(maxStreams),
                new FloatArray(Math.multiplyExact(inputDim, maxTokens)));
    }

    void load(TokenBatch batch) {
        int streams = batch.streamCount();
        int count = batch.tokenCount();
        sizes.set(TOKENS, count);
        sizes.set(STREAMS, streams);
        copy(batch.offsets(), streams + 1, offsets);
        copy(batch.slots(), streams, slots);
        copy(batch.tokens(), count * batch.inputDim(), tokens);
    }

    static void copy(int[] from, int count, IntArray to) {
        MemorySegment.copy(from, 0, to.getSegment(), ValueLayout.JAVA_INT, 0, count);
    }

    static void copy(float[] from, int count, FloatArray to) {
        MemorySegment.copy(from, 0, to.getSegment(), ValueLayout.JAVA_FLOAT, 0, count);
    }

    static void copy(FloatArray from, float[] to, int at, int count) {
        MemorySegment.copy(from.getSegment(), ValueLayout.JAVA_FLOAT, 0, to, at, count);
    }
}
