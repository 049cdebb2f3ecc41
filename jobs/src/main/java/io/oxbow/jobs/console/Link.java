package io.oxbow.jobs.console;

import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;

/**
 * How it stands between the page and Kafka, and what was lost on the way. Written by the reading
 * thread, read by any.
 */
final class Link {
    private static final int MOST_REMARKS = 20;

    private final Clock clock;
    private final String broker;
    private final Deque<Remark> remarks = new ArrayDeque<>();
    private State state = State.CONNECTING;
    private long since;
    private double share;
    private long unreadable;
    private long remarked;

    enum State {
        CONNECTING,
        /** What is there is read before the page is up to date. */
        CATCHING_UP,
        LIVE,
        /** The broker does not answer. */
        LOST
    }

    /** Something that happened, told in a sentence. */
    record Remark(long number, long at, String text) {}

    /**
     * As the page gets it.
     *
     * @param since when the state began, by our clock
     * @param share of what there was to catch up with, 0 to 1
     * @param unreadable records on the result topics that are no such results
     */
    record Status(
            String state,
            String broker,
            long since,
            double share,
            long unreadable,
            List<Remark> remarks) {}

    Link(Clock clock, String broker) {
        this.clock = clock;
        this.broker = broker;
        this.since = clock.millis();
    }

    synchronized State state() {
        return state;
    }

    synchronized long since() {
        return since;
    }

    synchronized void state(State now) {
        if (state != now) {
            state = now;
            since = clock.millis();
        }
    }

    synchronized void caughtUp(double shareNow) {
        share = shareNow;
    }

    synchronized void countUnreadable() {
        unreadable++;
    }

    synchronized void remark(String text) {
        remarks.addLast(new Remark(++remarked, clock.millis(), text));
        if (remarks.size() > MOST_REMARKS) {
            remarks.removeFirst();
        }
    }

    synchronized Status status() {
        return new Status(
                state.name().toLowerCase(Locale.ROOT).replace('_', '-'),
                broker,
                since,
                share,
                unreadable,
                new ArrayList<>(remarks));
    }
}
