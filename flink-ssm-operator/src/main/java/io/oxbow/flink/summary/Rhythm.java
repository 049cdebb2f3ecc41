package io.oxbow.flink.summary;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * How often a stream's events come: the mean gap between them, over about the last thousand. Not
 * thread-safe.
 */
final class Rhythm {
    static final int BYTES = 4 + 8;

    /** Gaps after which the rhythm is known well enough to tell a pause from an outage. */
    private static final int KNOWN_GAPS = 8;

    private static final int MEMORY_GAPS = 1024;
    private static final int SILENT_GAPS = 5;

    private int gaps;
    private double meanGap;

    /** Mean gap, milliseconds; 0 before there is one. */
    double meanGap() {
        return meanGap;
    }

    boolean known() {
        return gaps >= KNOWN_GAPS;
    }

    /**
     * Silence longer than this, in milliseconds, is a gap in the data: the time given, or more for
     * a stream that is slow by itself.
     */
    long silenceLimit(long offlineAfter) {
        return Math.max(offlineAfter, (long) (SILENT_GAPS * meanGap));
    }

    /** Takes in the gap before an event, milliseconds. */
    void note(long gap, long offlineAfter) {
        // Once the rhythm is known, an outage says little of it.
        long counted = known() ? Math.min(gap, silenceLimit(offlineAfter)) : gap;
        gaps = Math.min(gaps + 1, MEMORY_GAPS);
        meanGap += (counted - meanGap) / gaps;
    }

    /** Always {@link #BYTES} bytes. */
    void write(DataOutputView out) throws IOException {
        out.writeInt(gaps);
        out.writeDouble(meanGap);
    }

    static Rhythm read(DataInputView in) throws IOException {
        Rhythm rhythm = new Rhythm();
        rhythm.gaps = in.readInt();
        rhythm.meanGap = in.readDouble();
        if (rhythm.gaps < 0 || !(rhythm.meanGap >= 0)) {
            throw new IOException(rhythm.gaps + " gaps of " + rhythm.meanGap + " ms");
        }
        return rhythm;
    }
}
