package io.oxbow.flink.group;

import io.oxbow.flink.event.Answer;
import io.oxbow.flink.event.HealthInterval;
import io.oxbow.flink.event.RankedStream;
import java.util.Comparator;

/**
 * What the streams of a group are ordered by, highest first, for each kind of question.
 *
 * <ul>
 *   <li>{@code status}: 4 for a sensor that cannot be believed or is offline, 2 for something
 *       unusual just now, and up to 1 for activity that is not as usual
 *   <li>{@code peaks}, {@code summary}: how rare the most unusual moment is, {@code -log10(p)}
 *   <li>{@code compare}: how far the two ranges differ, {@code |ln(ratio)|}
 *   <li>{@code history}: mean activity
 *   <li>{@code baseline}, {@code forecast}: usual activity
 * </ul>
 *
 * What is not known comes last.
 */
final class Ranking {
    static final Comparator<RankedStream> HIGHEST_FIRST =
            Comparator.comparingDouble((RankedStream s) -> Double.isNaN(s.rank()) ? 1 : -s.rank())
                    .thenComparing(RankedStream::streamId);

    private static final double LOWEST_P_VALUE = 1e-300;

    private Ranking() {}

    static RankedStream of(Answer answer) {
        return new RankedStream(
                answer.streamId(),
                answer.status(),
                answer.status().equals("ok") ? rank(answer) : Double.NaN,
                answer.asOf(),
                answer.text());
    }

    private static double rank(Answer answer) {
        return switch (answer.kind()) {
            case "status" -> trouble(answer);
            case "peaks", "summary" ->
                    answer.peaks().isEmpty()
                            ? 0
                            : -Math.log10(Math.max(LOWEST_P_VALUE, answer.peaks().get(0).pValue()));
            case "compare" -> Math.abs(Math.log(figure(answer, "activityRatio")));
            case "history" -> figure(answer, "meanActivity");
            default -> figure(answer, "usualActivity");
        };
    }

    private static double trouble(Answer answer) {
        double rank = figure(answer, "unusualNow") > 0 ? 2 : 0;
        boolean bad =
                answer.health().stream().anyMatch(interval -> interval.to() == HealthInterval.OPEN);
        rank += bad || figure(answer, "offline") > 0 ? 4 : 0;
        double ratio =
                figure(answer, "lastHourMeanActivity") / figure(answer, "lastHourUsualActivity");
        double unlike = Math.abs(Math.log(ratio));
        return Double.isNaN(unlike) ? rank : rank + Math.min(1, unlike);
    }

    private static double figure(Answer answer, String name) {
        return answer.figures().getOrDefault(name, Double.NaN);
    }
}
