package io.oxbow.ingest.scene;

/**
 * Something out of the ordinary that a scene was told to show.
 *
 * @param from first moment of it, milliseconds since the epoch
 * @param to exclusive
 */
public record PlantedEvent(Kind kind, long from, long to) {

    /** What happens. */
    public enum Kind {
        /** Somebody large and bright moves about where nobody ever does. */
        INTRUSION,
        /** The lens is covered. */
        COVERED,
        /** The camera repeats one picture. */
        FROZEN
    }

    boolean covers(long timeMillis) {
        return timeMillis >= from && timeMillis < to;
    }
}
