package io.oxbow.flink.state;

/**
 * One stream whose state lies in the state table, in the slot that gives it its row. Owned by
 * {@link ResidentStates}, valid until the next eviction unless pinned. Not thread-safe.
 *
 * @param <K> the key
 */
public final class ResidentStream<K> {
    private static final int NO_PLACE = -1;

    private final int slot;
    private final StreamPosition position = new StreamPosition();
    private K key;
    private long stepsWritten;
    private boolean dirty;
    private boolean referenced;
    private boolean watched;
    private int place = NO_PLACE;
    private int pins;

    ResidentStream(int slot) {
        this.slot = slot;
    }

    /** Row in the state table. */
    public int slot() {
        return slot;
    }

    public K key() {
        return key;
    }

    public StreamPosition position() {
        return position;
    }

    /** Says that position or row have changed since they were last written to keyed state. */
    public void markDirty() {
        dirty = true;
    }

    /**
     * Keeps the stream resident until {@link #unpin} was called as often.
     *
     * @param place the stream's place in the batch that takes events
     */
    public void pin(int place) {
        this.place = place;
        pins++;
    }

    public void unpin() {
        pins--;
    }

    public boolean isPinned() {
        return pins > 0;
    }

    /** Place in the batch that pinned it last; -1 if none has. */
    public int place() {
        return place;
    }

    /** Whether {@link #markWatched} was called since the stream became resident. */
    public boolean isWatched() {
        return watched;
    }

    /** Says that a timer will look after the stream once it is silent. */
    public void markWatched() {
        watched = true;
    }

    boolean isDirty() {
        return dirty;
    }

    /** Says that row and position are those of keyed state. */
    void markClean() {
        dirty = false;
        stepsWritten = position.steps();
    }

    /** Events absorbed since row and position were last those of keyed state. */
    long eventsSinceWritten() {
        return position.steps() - stepsWritten;
    }

    /** The clock's second chance: true once after each use. */
    boolean takeReference() {
        boolean was = referenced;
        referenced = false;
        return was;
    }

    void touch() {
        referenced = true;
    }

    void occupy(K key) {
        this.key = key;
        dirty = false;
        watched = false;
        position.clear();
        stepsWritten = 0;
    }

    void vacate() {
        key = null;
        place = NO_PLACE;
        pins = 0;
        dirty = false;
        referenced = false;
    }
}
