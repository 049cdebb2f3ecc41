package io.oxbow.flink.event;

import java.io.IOException;
import java.util.List;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * The codec of a sealed interface: one byte for the member, then the member with its own version.
 * New members go to the end; the version rises with any member's.
 */
final class UnionCodec<T> implements EventCodec<T> {
    private final String name;
    private final int version;
    private final Class<T> type;
    private final List<EventCodec<? extends T>> members;

    UnionCodec(String name, int version, Class<T> type, List<EventCodec<? extends T>> members) {
        this.name = name;
        this.version = version;
        this.type = type;
        this.members = List.copyOf(members);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Class<T> type() {
        return type;
    }

    @Override
    public int version() {
        return version;
    }

    @Override
    public void write(T event, DataOutputView out) throws IOException {
        for (int i = 0; i < members.size(); i++) {
            if (members.get(i).type() == event.getClass()) {
                out.writeByte(i);
                writeMember(members.get(i), event, out);
                return;
            }
        }
        throw new IOException(event.getClass().getName() + " is not a " + name);
    }

    private <M extends T> void writeMember(EventCodec<M> member, T event, DataOutputView out)
            throws IOException {
        member.writeVersioned(member.type().cast(event), out);
    }

    @Override
    public T read(int version, DataInputView in) throws IOException {
        int member = in.readUnsignedByte();
        if (member >= members.size()) {
            throw new IOException("member " + member + " is unknown to " + name);
        }
        return members.get(member).readVersioned(in);
    }
}
