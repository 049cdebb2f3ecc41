package io.oxbow.jobs.demo;

/**
 * What a demo did, counted from what was committed.
 *
 * @param events inferences
 * @param eventsPerSecond events over the time the cameras ran
 * @param checkpoints completed, the final savepoint included
 */
record DemoTotals(
        long events,
        int streams,
        double eventsPerSecond,
        long checkpoints,
        long summaries,
        long anomalies,
        long deadLetters) {}
