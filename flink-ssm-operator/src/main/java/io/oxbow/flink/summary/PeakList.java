package io.oxbow.flink.summary;

import io.oxbow.flink.VectorMeaning;
import io.oxbow.flink.event.Peak;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * The most unusual moments, most unusual first, at most {@code capacity}. A moment belongs to an
 * episode, named by its start, and each episode has one place: that of its most unusual moment. Not
 * thread-safe.
 */
final class PeakList {
    static final int BYTES_PER_PEAK = 8 + 8 + 4 + 4 + 4;

    private final long[] episode;
    private final long[] time;
    private final float[] score;
    private final float[] pValue;
    private final int[] channel;
    private int size;

    PeakList(int capacity) {
        episode = new long[capacity];
        time = new long[capacity];
        score = new float[capacity];
        pValue = new float[capacity];
        channel = new int[capacity];
    }

    int size() {
        return size;
    }

    /** Takes in a moment if it is among the most unusual; earlier wins among equals. */
    void offer(long inEpisode, long at, float itsScore, float itsPValue, int itsChannel) {
        int place = indexOf(inEpisode);
        if (place >= 0) {
            if (!exceeds(itsScore, itsPValue, place)) {
                return;
            }
        } else if (size < episode.length) {
            place = size++;
        } else if (exceeds(itsScore, itsPValue, size - 1)) {
            place = size - 1;
        } else {
            return;
        }
        while (place > 0 && exceeds(itsScore, itsPValue, place - 1)) {
            move(place - 1, place);
            place--;
        }
        episode[place] = inEpisode;
        time[place] = at;
        score[place] = itsScore;
        pValue[place] = itsPValue;
        channel[place] = itsChannel;
    }

    private int indexOf(long wanted) {
        for (int i = 0; i < size; i++) {
            if (episode[i] == wanted) {
                return i;
            }
        }
        return -1;
    }

    private boolean exceeds(float itsScore, float itsPValue, int place) {
        return moreUnusual(itsScore, itsPValue, score[place], pValue[place]);
    }

    /** By p-value, and by score where p-values are equal or not known. */
    static boolean moreUnusual(float score, float pValue, float thanScore, float thanPValue) {
        if (pValue < thanPValue) {
            return true;
        }
        return !(pValue > thanPValue) && score > thanScore;
    }

    private void move(int from, int to) {
        episode[to] = episode[from];
        time[to] = time[from];
        score[to] = score[from];
        pValue[to] = pValue[from];
        channel[to] = channel[from];
    }

    void clear() {
        size = 0;
    }

    /** Drops what is older than {@code oldest}. */
    void forgetBefore(long oldest) {
        int kept = 0;
        for (int i = 0; i < size; i++) {
            if (time[i] >= oldest) {
                move(i, kept++);
            }
        }
        size = kept;
    }

    /** The moments in {@code [from, to)}, most unusual first. */
    List<Peak> between(long from, long to, VectorMeaning meaning) {
        List<Peak> peaks = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            if (time[i] >= from && time[i] < to) {
                String where = channel[i] < 0 ? "" : meaning.nameOf(channel[i]);
                peaks.add(new Peak(time[i], score[i], pValue[i], channel[i], where));
            }
        }
        return peaks;
    }

    /** The same moments, as many as fit, in a list of another capacity. */
    PeakList withCapacity(int capacity) {
        if (capacity == episode.length) {
            return this;
        }
        PeakList other = new PeakList(capacity);
        for (int i = 0; i < size; i++) {
            other.offer(episode[i], time[i], score[i], pValue[i], channel[i]);
        }
        return other;
    }

    /** Always the same number of bytes for one capacity. */
    void write(DataOutputView out) throws IOException {
        out.writeShort(episode.length);
        out.writeShort(size);
        for (int i = 0; i < episode.length; i++) {
            boolean used = i < size;
            out.writeLong(used ? episode[i] : 0);
            out.writeLong(used ? time[i] : 0);
            out.writeFloat(used ? score[i] : 0);
            out.writeFloat(used ? pValue[i] : 0);
            out.writeInt(used ? channel[i] : 0);
        }
    }

    static PeakList read(DataInputView in) throws IOException {
        int capacity = in.readUnsignedShort();
        int size = in.readUnsignedShort();
        if (capacity > MemoryPlan.MAX_PEAKS || size > capacity) {
            throw new IOException(size + " peaks in a list of " + capacity);
        }
        PeakList list = new PeakList(capacity);
        list.size = size;
        for (int i = 0; i < capacity; i++) {
            list.episode[i] = in.readLong();
            list.time[i] = in.readLong();
            list.score[i] = in.readFloat();
            list.pValue[i] = in.readFloat();
            list.channel[i] = in.readInt();
        }
        return list;
    }
}
