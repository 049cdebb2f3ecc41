package io.oxbow.flink.event;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * How one kind of event is written as bytes between tasks and in state.
 *
 * <p>Every event is preceded by the version it was written with, so a reader meets bytes of several
 * versions side by side, as they lie in the in-flight data of an unaligned checkpoint. Stateless
 * and safe to share between threads.
 *
 * @param <T> the event
 */
public interface EventCodec<T> {

    /** Identifies the codec in checkpoints: never changes, whatever the class is called. */
    String name();

    Class<T> type();

    /** The version {@link #write} writes, 1..255; {@link #read} knows it and all below. */
    int version();

    void write(T event, DataOutputView out) throws IOException;

    /**
     * @param version between 1 and {@link #version()}
     * @throws IOException if the bytes are no such event
     */
    T read(int version, DataInputView in) throws IOException;

    /** Writes the version and the event. */
    default void writeVersioned(T event, DataOutputView out) throws IOException {
        out.writeByte(version());
        write(event, out);
    }

    /**
     * Reads what {@link #writeVersioned} wrote.
     *
     * @throws IOException if the version is unknown or the bytes are no such event
     */
    default T readVersioned(DataInputView in) throws IOException {
        int version = in.readUnsignedByte();
        if (version < 1 || version > version()) {
            throw new IOException(
                    "a "
                            + name()
                            + " of format "
                            + version
                            + " cannot be read; this release knows 1 to "
                            + version());
        }
        return read(version, in);
    }
}
