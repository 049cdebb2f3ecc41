package io.oxbow.ingest;

/**
 * What has been written so far.
 *
 * @param events feature vectors or sensor readings written
 * @param skipped frames or rows left out because they were damaged
 * @param bytes of vectors, readings and pictures
 * @param firstEventTime milliseconds since the epoch; 0 before the first event
 * @param lastEventTime milliseconds since the epoch; 0 before the first event
 * @param seconds since the start
 */
public record IngestProgress(
        long events,
        long skipped,
        long bytes,
        long firstEventTime,
        long lastEventTime,
        double seconds) {

    public double eventsPerSecond() {
        return seconds > 0 ? events / seconds : 0;
    }
}
