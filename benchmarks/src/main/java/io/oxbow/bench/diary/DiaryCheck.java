package io.oxbow.bench.diary;

import io.oxbow.flink.event.Answer;
import io.oxbow.flink.event.Health;
import io.oxbow.flink.event.HealthInterval;
import io.oxbow.flink.event.Peak;
import io.oxbow.flink.event.Timeline;
import java.time.Duration;
import java.util.List;

/** Compares the answers for each camera with the camera's diary. */
final class DiaryCheck {
    static final long NEAR_MILLIS = Duration.ofMinutes(1).toMillis();
    private static final long HOUR = Duration.ofHours(1).toMillis();
    private static final int HOURS = 24;

    private final FleetQuestions questions;
    private final long start;
    private final int days;
    private final long stepMillis;

    int planted;
    int plantedFound;
    long worstMillis;
    int outages;
    int outagesFound;
    int curveCells;
    int curveWithin;
    boolean curveErrorHolds = true;
    long stateBytes;

    DiaryCheck(FleetQuestions questions, long start, int days, long stepMillis) {
        this.questions = questions;
        this.start = start;
        this.days = days;
        this.stepMillis = stepMillis;
    }

    void check(CameraDiary camera) throws Exception {
        long end = start + days * HOURS * HOUR;
        Answer peaks = questions.ask(camera.name(), "", "peaks", start, end, 0);
        for (long event : camera.planted()) {
            planted++;
            long nearest = nearest(peaks.peaks(), event);
            if (nearest <= NEAR_MILLIS) {
                plantedFound++;
                worstMillis = Math.max(worstMillis, nearest);
            }
        }
        for (CameraDiary.Outage outage : camera.outages()) {
            outages++;
            outagesFound += isTold(peaks.health(), outage) ? 1 : 0;
        }
        checkLastDay(camera, end);
        Answer status = questions.ask(camera.name(), "", "status", 0, 0, 0);
        stateBytes = status.figures().get("stateBytes").longValue();
    }

    /** From the event's first picture to its last, a peak is at no distance. */
    private long nearest(List<Peak> peaks, long event) {
        long last = event + 2 * stepMillis;
        long nearest = Long.MAX_VALUE;
        for (Peak peak : peaks) {
            long distance = Math.max(event - peak.eventTime(), peak.eventTime() - last);
            nearest = Math.min(nearest, Math.max(0, distance));
        }
        return nearest;
    }

    /** Offline begins once the silence is noticed, and ends with the first picture after. */
    private boolean isTold(List<HealthInterval> intervals, CameraDiary.Outage outage) {
        for (HealthInterval interval : intervals) {
            if (interval.kind() == Health.OFFLINE
                    && interval.from() >= outage.from() - stepMillis
                    && interval.from() < outage.to()
                    && Math.abs(interval.to() - outage.to()) <= stepMillis) {
                return true;
            }
        }
        return false;
    }

    private void checkLastDay(CameraDiary camera, long end) throws Exception {
        long from = end - HOURS * HOUR;
        Timeline curve = questions.ask(camera.name(), "", "history", from, end, HOUR).activity();
        double squares = 0;
        int known = 0;
        for (int h = 0; h < HOURS; h++) {
            double truth = camera.hour((days - 1) * HOURS + h);
            float value = curve.values()[h];
            if (!Double.isNaN(truth) && !Float.isNaN(value)) {
                double difference = Math.abs(value - truth);
                squares += difference * difference;
                known++;
                curveCells++;
                curveWithin += difference <= curve.bound() * 1.001 + 1e-6 ? 1 : 0;
            }
        }
        curveErrorHolds &= Math.sqrt(squares / known) <= curve.error() * 1.001 + 1e-6;
    }
}
