package io.oxbow.compute;

/**
 * A packed batch of tokens of several streams, each with as many tokens as it has.
 *
 * <pre>
 * tokens     (T, inputDim)  row-major, grouped by stream, in order within a stream
 * dt         (T)            seconds since the stream's previous token; 1 in per-event mode
 * eventTimes (T)            milliseconds since the epoch
 * offsets    (S + 1)        tokens of stream s are offsets[s] .. offsets[s + 1)
 * slots      (S)            the stream's row in the {@link StateTable}; distinct
 * </pre>
 *
 * The arrays are allocated once, for {@link #maxTokens()} and {@link #maxStreams()}, and handed
 * out: the owner fills them, then calls {@link #size}. Not thread-safe.
 */
public final class TokenBatch {
    private final int inputDim;
    private final float[] tokens;
    private final float[] dt;
    private final long[] eventTimes;
    private final int[] offsets;
    private final int[] slots;
    private int tokenCount;
    private int streamCount;

    public TokenBatch(int inputDim, int maxTokens, int maxStreams) {
        this.inputDim = inputDim;
        this.tokens = new float[Math.multiplyExact(inputDim, maxTokens)];
        this.dt = new float[maxTokens];
        this.eventTimes = new long[maxTokens];
        this.offsets = new int[maxStreams + 1];
        this.slots = new int[maxStreams];
    }

    /** Declares how much of the arrays is filled. */
    public void size(int tokenCount, int streamCount) {
        if (tokenCount > maxTokens() || streamCount > maxStreams() || streamCount > tokenCount) {
            throw new IllegalArgumentException(
                    tokenCount
                            + " tokens of "
                            + streamCount
                            + " streams do not fit a batch of "
                            + maxTokens()
                            + " tokens and "
                            + maxStreams()
                            + " streams");
        }
        this.tokenCount = tokenCount;
        this.streamCount = streamCount;
    }

    public int inputDim() {
        return inputDim;
    }

    public int maxTokens() {
        return dt.length;
    }

    public int maxStreams() {
        return slots.length;
    }

    public int tokenCount() {
        return tokenCount;
    }

    public int streamCount() {
        return streamCount;
    }

    public float[] tokens() {
        return tokens;
    }

    public float[] dt() {
        return dt;
    }

    public long[] eventTimes() {
        return eventTimes;
    }

    public int[] offsets() {
        return offsets;
    }

    public int[] slots() {
        return slots;
    }
}
