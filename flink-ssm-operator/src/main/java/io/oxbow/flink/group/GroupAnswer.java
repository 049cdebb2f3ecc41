package io.oxbow.flink.group;

import io.oxbow.flink.event.Answer;
import io.oxbow.flink.event.Query;
import io.oxbow.flink.event.RankedStream;
import io.oxbow.flink.event.Roster;
import io.oxbow.flink.event.Timeline;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/** Makes one answer of those of a group's streams. */
final class GroupAnswer {
    private static final int TOLD_STREAMS = 3;
    private static final int TOLD_MISSING = 5;

    /** A stream that answers so has no part in the answer. */
    private static final Set<String> NO_PART = Set.of("unknown-stream", "overdue");

    private GroupAnswer() {}

    /**
     * @param came the streams' own answers, in any order
     */
    static Answer of(Roster asked, List<Answer> came) {
        Query query = asked.query();
        List<RankedStream> ranking = new ArrayList<>();
        long asOf = 0;
        long from = query.from();
        long to = query.to();
        Set<String> answered = new HashSet<>();
        for (Answer answer : came) {
            if (NO_PART.contains(answer.status())) {
                continue;
            }
            RankedStream ranked = Ranking.of(answer);
            ranking.add(ranked);
            answered.add(answer.streamId());
            asOf = Math.max(asOf, ranked.asOf());
        }
        ranking.sort(Ranking.HIGHEST_FIRST);
        List<String> missing =
                asked.streams().stream().filter(stream -> !answered.contains(stream)).toList();
        TreeMap<String, Double> figures = new TreeMap<>();
        figures.put("streams", (double) asked.streams().size());
        figures.put("answered", (double) ranking.size());
        return new Answer(
                query.queryId(),
                query.streamId(),
                query.group(),
                query.kind(),
                status(asked, ranking, missing),
                from,
                to,
                asOf,
                0,
                Timeline.EMPTY,
                Timeline.EMPTY,
                List.of(),
                List.of(),
                List.of(),
                ranking,
                missing,
                figures,
                text(asked, ranking, missing),
                query.replyTo());
    }

    private static String status(Roster asked, List<RankedStream> ranking, List<String> missing) {
        if (asked.streams().isEmpty()) {
            return "unknown-stream";
        }
        if (!missing.isEmpty()) {
            return "partial";
        }
        // All of them refused for one reason: it is the group's too.
        String first = ranking.get(0).status();
        return ranking.stream().allMatch(stream -> stream.status().equals(first)) ? first : "ok";
    }

    private static String text(Roster asked, List<RankedStream> ranking, List<String> missing) {
        if (asked.streams().isEmpty()) {
            return "No stream of the group '" + asked.query().group() + "' has been seen.";
        }
        StringBuilder text = new StringBuilder();
        text.append(ranking.size())
                .append(" of ")
                .append(asked.streams().size())
                .append(asked.streams().size() == 1 ? " stream" : " streams")
                .append(" answered.");
        for (RankedStream stream : ranking.subList(0, Math.min(TOLD_STREAMS, ranking.size()))) {
            text.append(' ').append(stream.text());
        }
        if (!missing.isEmpty()) {
            int told = Math.min(TOLD_MISSING, missing.size());
            text.append(" Not heard from in time: ")
                    .append(String.join(", ", missing.subList(0, told)))
                    .append(told < missing.size() ? " and more." : ".");
        }
        return text.toString();
    }
}
