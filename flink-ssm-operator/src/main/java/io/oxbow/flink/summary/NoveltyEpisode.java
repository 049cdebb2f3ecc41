package io.oxbow.flink.summary;

import io.oxbow.flink.event.Attribution;
import io.oxbow.flink.event.Evidence;
import io.oxbow.flink.event.Inference;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * One run of unusual events of a stream, from the first until a quiet interval has passed. It is an
 * alarm from the first event that is unusual enough for one. Not thread-safe.
 */
final class NoveltyEpisode {
    /** Channels kept of the most unusual moment. */
    static final int CHANNELS = 3;

    static final int BYTES = 1 + 5 * 8 + 2 * 4 + 1 + CHANNELS * 4 * 4 + LeadingEvidence.BYTES;

    private boolean running;
    private boolean alarm;
    private long startedAt;
    private long lastHit;
    private long alarmAt;
    private long peakAt;

    /** Ends when no unusual event came for this long, as it was when the last one came. */
    private long quietMillis;

    private float score;
    private float pValue;
    private int channels;
    private final int[] channel = new int[CHANNELS];
    private final float[] expected = new float[CHANNELS];
    private final float[] seen = new float[CHANNELS];
    private final float[] sigma = new float[CHANNELS];
    private final LeadingEvidence evidence = new LeadingEvidence();

    boolean running() {
        return running;
    }

    /** Whether it is unusual enough for an alarm. */
    boolean alarm() {
        return alarm;
    }

    /** Names the episode within its stream. */
    long startedAt() {
        return startedAt;
    }

    long alarmAt() {
        return alarmAt;
    }

    /** Time of the most unusual event. */
    long peakAt() {
        return peakAt;
    }

    float score() {
        return score;
    }

    float pValue() {
        return pValue;
    }

    /** When it is over unless another unusual event comes before. */
    long endsAt() {
        return lastHit + quietMillis;
    }

    /** Starts a new episode at {@code time}. */
    void start(long time) {
        running = true;
        alarm = false;
        startedAt = time;
        score = Float.NEGATIVE_INFINITY;
        pValue = 1;
        channels = 0;
        evidence.clear();
    }

    void end() {
        running = false;
        alarm = false;
    }

    void raiseAlarm(long time) {
        alarm = true;
        alarmAt = time;
    }

    /**
     * Whether an unusual event is another matter: it comes after a lull, of a quarter of the quiet
     * interval, and its main channel had no part in this episode's height, or moved the other way.
     */
    boolean isOther(Inference event, int mainChannel) {
        if (mainChannel < 0 || event.eventTime() - lastHit <= quietMillis / 4) {
            return false;
        }
        for (int i = 0; i < channels; i++) {
            if (channel[i] == mainChannel) {
                return sigma[i] * event.attribution()[mainChannel] < 0;
            }
        }
        return true;
    }

    /** Takes in an unusual event. */
    void hit(Inference event, float itsPValue, long itsQuietMillis) {
        lastHit = event.eventTime();
        quietMillis = itsQuietMillis;
        if (PeakList.moreUnusual(event.score(), itsPValue, score, pValue)) {
            score = event.score();
            pValue = itsPValue;
            peakAt = event.eventTime();
            attribute(event);
            evidence.take(event);
        }
    }

    private void attribute(Inference event) {
        float[] surprise = event.attribution();
        int main = mainChannel(event);
        channels = 0;
        if (main >= 0) {
            attribute(event, main);
        }
        LargestFew others = new LargestFew(CHANNELS - 1);
        for (int c = 0; c < surprise.length; c++) {
            float strength = Math.abs(surprise[c]);
            if (strength > 0 && c != main) {
                others.offer(c, strength);
            }
        }
        for (int i = 0; i < others.count() && channels < CHANNELS; i++) {
            attribute(event, others.index(i));
        }
    }

    private void attribute(Inference event, int itsChannel) {
        channel[channels] = itsChannel;
        expected[channels] = valueAt(event.forecast(), itsChannel);
        seen[channels] = valueAt(event.values(), itsChannel);
        sigma[channels] = event.attribution()[itsChannel];
        channels++;
    }

    private static float valueAt(float[] values, int channel) {
        return channel < values.length ? values[channel] : Float.NaN;
    }

    /**
     * The channel that the strongest evidence lies in, else the one with the greatest surprise; -1
     * if the event carries neither.
     */
    static int mainChannel(Inference event) {
        float[] surprise = event.attribution();
        int kind = event.leadingEvidence();
        int main = kind < 0 ? -1 : event.evidenceChannel(kind);
        if (main >= 0 && main < surprise.length) {
            return main;
        }
        main = -1;
        float greatest = 0;
        for (int c = 0; c < surprise.length; c++) {
            float strength = Math.abs(surprise[c]);
            if (strength > greatest) {
                greatest = strength;
                main = c;
            }
        }
        return main;
    }

    /** What the most unusual event rests on, the strongest first. */
    List<Evidence> evidence() {
        return evidence.list();
    }

    /** The channels of the most unusual event: the main one, then by their surprise. */
    List<Attribution> attribution() {
        List<Attribution> list = new ArrayList<>(channels);
        for (int i = 0; i < channels; i++) {
            list.add(new Attribution(channel[i], expected[i], seen[i], sigma[i]));
        }
        return list;
    }

    /** Always {@link #BYTES} bytes. */
    void write(DataOutputView out) throws IOException {
        out.writeByte((running ? 1 : 0) | (alarm ? 2 : 0));
        out.writeLong(startedAt);
        out.writeLong(lastHit);
        out.writeLong(alarmAt);
        out.writeLong(peakAt);
        out.writeLong(quietMillis);
        out.writeFloat(score);
        out.writeFloat(pValue);
        out.writeByte(channels);
        for (int i = 0; i < CHANNELS; i++) {
            boolean used = i < channels;
            out.writeInt(used ? channel[i] : 0);
            out.writeFloat(used ? expected[i] : 0);
            out.writeFloat(used ? seen[i] : 0);
            out.writeFloat(used ? sigma[i] : 0);
        }
        evidence.write(out);
    }

    /**
     * @param hasEvidence whether the format has it already
     */
    static NoveltyEpisode read(DataInputView in, boolean hasEvidence) throws IOException {
        NoveltyEpisode episode = new NoveltyEpisode();
        int flags = in.readUnsignedByte();
        episode.running = (flags & 1) != 0;
        episode.alarm = (flags & 2) != 0;
        episode.startedAt = in.readLong();
        episode.lastHit = in.readLong();
        episode.alarmAt = in.readLong();
        episode.peakAt = in.readLong();
        episode.quietMillis = in.readLong();
        episode.score = in.readFloat();
        episode.pValue = in.readFloat();
        episode.channels = in.readUnsignedByte();
        if (episode.channels > CHANNELS) {
            throw new IOException(episode.channels + " channels of a novelty");
        }
        for (int i = 0; i < CHANNELS; i++) {
            episode.channel[i] = in.readInt();
            episode.expected[i] = in.readFloat();
            episode.seen[i] = in.readFloat();
            episode.sigma[i] = in.readFloat();
        }
        if (hasEvidence) {
            episode.evidence.read(in);
        }
        return episode;
    }
}
