package io.oxbow.flink.summary;

import io.oxbow.flink.event.Evidence;
import io.oxbow.flink.event.Inference;
import io.oxbow.plan.EvidenceKind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** The strongest kinds of evidence of one event. Not thread-safe. */
final class LeadingEvidence {
    static final int KINDS = 3;
    static final int BYTES = 1 + KINDS * (1 + 4 + 4);

    /** One event in ten is like that: no evidence of anything. */
    private static final float LEAST_DIGITS = 1;

    private static final EvidenceKind[] ALL = EvidenceKind.values();

    private int count;
    private final int[] kind = new int[KINDS];
    private final int[] channel = new int[KINDS];
    private final float[] digits = new float[KINDS];

    void clear() {
        count = 0;
    }

    /** Takes in an event's. */
    void take(Inference event) {
        float[] evidence = event.evidence();
        int kinds = Math.min(evidence.length / 2, ALL.length);
        LargestFew leading = new LargestFew(KINDS);
        for (int k = 0; k < kinds; k++) {
            if (evidence[k] >= LEAST_DIGITS) {
                leading.offer(k, evidence[k]);
            }
        }
        count = leading.count();
        for (int i = 0; i < count; i++) {
            kind[i] = leading.index(i);
            channel[i] = event.evidenceChannel(kind[i]);
            digits[i] = leading.size(i);
        }
    }

    /** The strongest first. */
    List<Evidence> list() {
        List<Evidence> list = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            String name = ALL[kind[i]].name().toLowerCase(Locale.ROOT);
            list.add(new Evidence(name, channel[i], digits[i]));
        }
        return list;
    }

    /** Always {@link #BYTES} bytes. */
    void write(DataOutputView out) throws IOException {
        out.writeByte(count);
        for (int i = 0; i < KINDS; i++) {
            boolean used = i < count;
            out.writeByte(used ? kind[i] : 0);
            out.writeInt(used ? channel[i] : 0);
            out.writeFloat(used ? digits[i] : 0);
        }
    }

    void read(DataInputView in) throws IOException {
        count = in.readUnsignedByte();
        if (count > KINDS) {
            throw new IOException(count + " kinds of evidence of a novelty");
        }
        for (int i = 0; i < KINDS; i++) {
            kind[i] = in.readUnsignedByte();
            channel[i] = in.readInt();
            digits[i] = in.readFloat();
            if (kind[i] >= ALL.length) {
                throw new IOException("evidence " + kind[i] + " is unknown");
            }
        }
    }
}
