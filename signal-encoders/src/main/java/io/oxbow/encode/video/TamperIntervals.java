package io.oxbow.encode.video;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * Turns the health of a camera's frames into intervals, dated back to the first frame of each; a
 * stretch without frames, far longer than frames are apart, is one of its own. One thread.
 */
public final class TamperIntervals {
    /** Frames kept to find the number of one that became known only later. */
    private static final int REMEMBERED_FRAMES = 4096;

    private static final long OFFLINE_MILLIS = 5000;
    private static final double OFFLINE_PERIODS = 20;
    private static final double PERIOD_WEIGHT = 0.05;

    private record FrameTime(long frame, long millis) {}

    private final List<TamperInterval> intervals = new ArrayList<>();
    private final ArrayDeque<FrameTime> recent = new ArrayDeque<>();
    private PictureHealth current = PictureHealth.OK;
    private FrameTime begin = new FrameTime(0, 0);
    private FrameTime last = new FrameTime(-1, 0);
    private double periodMillis;

    /**
     * Takes the next frame.
     *
     * @param frame its number, rising
     * @param sinceMillis since when this health holds, from {@link
     *     LumaMotionEncoder#healthSinceMillis}
     */
    public void add(long frame, long timeMillis, PictureHealth health, long sinceMillis) {
        if (last.frame >= 0) {
            watchGap(frame, timeMillis);
        }
        last = new FrameTime(frame, timeMillis);
        recent.addLast(last);
        if (recent.size() > REMEMBERED_FRAMES) {
            recent.removeFirst();
        }
        if (health != current) {
            FrameTime change = frameAt(sinceMillis);
            close(change);
            current = health;
            begin = change;
        }
    }

    /** The intervals so far; one that still lasts ends with the latest frame. */
    public List<TamperInterval> intervals() {
        List<TamperInterval> all = new ArrayList<>(intervals);
        if (current != PictureHealth.OK) {
            all.add(interval(new FrameTime(last.frame + 1, last.millis)));
        }
        return List.copyOf(all);
    }

    private void watchGap(long frame, long timeMillis) {
        long gap = timeMillis - last.millis;
        boolean known = periodMillis > 0;
        if (known && gap > Math.max(OFFLINE_MILLIS, OFFLINE_PERIODS * periodMillis)) {
            FrameTime next = new FrameTime(frame, timeMillis);
            close(last);
            intervals.add(
                    new TamperInterval(
                            PictureHealth.OFFLINE, last.millis, timeMillis, last.frame + 1, frame));
            begin = next;
            recent.clear();
        } else if (gap > 0) {
            periodMillis += (known ? PERIOD_WEIGHT : 1) * (gap - periodMillis);
        }
    }

    private FrameTime frameAt(long millis) {
        for (FrameTime candidate : recent) {
            if (candidate.millis >= millis) {
                return candidate;
            }
        }
        return last;
    }

    private void close(FrameTime end) {
        if (current != PictureHealth.OK && end.millis > begin.millis) {
            intervals.add(interval(end));
        }
    }

    private TamperInterval interval(FrameTime end) {
        return new TamperInterval(current, begin.millis, end.millis, begin.frame, end.frame);
    }
}
