package io.oxbow.flink.state;

import java.io.IOException;
import org.apache.flink.api.common.state.ValueState;

/**
 * Arrays that take the next row on its way to keyed state, so that none are made: new ones for all
 * streams at every checkpoint would be much for the garbage collector, while the stream of events
 * stands still.
 *
 * <p>Some backends keep the very object they are given: there they are the arrays the key already
 * has, of which a snapshot under way has copies. The others turn it into bytes at once: there the
 * arrays of the write before serve again. Which of them it is, the first write tells. Mailbox
 * thread only.
 */
final class KeptRows {
    private final ValueState<KeyedSsmState> durable;
    private boolean told;
    private boolean keepsObjects;
    private KeyedSsmState last;

    KeptRows(ValueState<KeyedSsmState> durable) {
        this.durable = durable;
    }

    /** A state whose arrays the current key's next one may have, or null. */
    KeyedSsmState reusable() throws IOException {
        return keepsObjects ? durable.value() : last;
    }

    /** The current key was given {@code state}. */
    void updated(KeyedSsmState state) throws IOException {
        if (!told) {
            keepsObjects = durable.value() == state;
            told = true;
        }
        if (!keepsObjects) {
            last = state;
        }
    }
}
