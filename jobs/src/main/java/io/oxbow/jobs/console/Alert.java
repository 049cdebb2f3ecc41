package io.oxbow.jobs.console;

import io.oxbow.flink.event.Anomaly;
import io.oxbow.flink.event.Attribution;
import java.util.List;

/**
 * An anomaly as the page shows it: its opening and, once it came, its end in one.
 *
 * @param key the anomaly's {@code dedupKey}
 * @param stream number of its stream on the board
 * @param closedAt 0 while it lasts
 * @param order rises by one a change; a page asks for what came after the last it knows
 * @param attribution the channels that surprised most, a few
 * @param text why it opened
 * @param ending how it ended, or empty
 */
record Alert(
        String key,
        int stream,
        String streamId,
        String kind,
        long openedAt,
        long closedAt,
        long order,
        float score,
        float pValue,
        List<Attribution> attribution,
        String text,
        String ending) {
    private static final int MOST_ATTRIBUTION = 4;
    private static final int LONGEST_TEXT = 400;
    private static final String RESET = "state-reset";

    /** What is known once {@code anomaly} was read after {@code before}, which may be null. */
    static Alert of(Alert before, Anomaly anomaly, int stream, long order) {
        boolean closes = anomaly.phase() == Anomaly.Phase.CLOSE;
        boolean instantaneous = anomaly.kind().equals(RESET);
        String said = bounded(anomaly.text());
        return new Alert(
                anomaly.dedupKey(),
                stream,
                anomaly.streamId(),
                anomaly.kind(),
                anomaly.openedAt(),
                closes || instantaneous
                        ? anomaly.eventTime()
                        : before == null ? 0 : before.closedAt,
                order,
                anomaly.score(),
                anomaly.pValue(),
                anomaly.attribution()
                        .subList(0, Math.min(MOST_ATTRIBUTION, anomaly.attribution().size())),
                closes ? (before == null ? "" : before.text) : said,
                closes ? said : before == null ? "" : before.ending);
    }

    boolean open() {
        return closedAt == 0;
    }

    private static String bounded(String text) {
        return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT - 1) + "…";
    }
}
