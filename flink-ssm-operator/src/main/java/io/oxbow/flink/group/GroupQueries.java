package io.oxbow.flink.group;

import io.oxbow.flink.event.Answer;
import io.oxbow.flink.event.EventTypes;
import io.oxbow.flink.event.IdleWatermarks;
import io.oxbow.flink.event.Query;
import io.oxbow.flink.event.Roster;
import io.oxbow.flink.event.StreamEvent;
import io.oxbow.flink.summary.SummaryOptions;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/**
 * Questions for a group of streams, around the operators that answer for one stream.
 *
 * <pre>
 * observations --------------------------------+-> union -> keyBy(stream) -> answers
 *      \--> new names --\                      |                               |
 * questions -------------|--------------------/|                               |
 *      \--> for a group -+-> FanOut ----------/                                |
 *                              \--> rosters --> Gatherer <-- of a group -------+--> one stream's
 * </pre>
 *
 * Each stream of a group is asked by a question of its own, in order with its own events like any
 * other. The streams a job knows are those whose events it has seen, and of late.
 */
public final class GroupQueries {
    private static final int ALL_NAMES = 0;

    private final DataStream<StreamEvent> events;
    private final DataStream<Roster> rosters;

    private GroupQueries(DataStream<StreamEvent> events, DataStream<Roster> rosters) {
        this.events = events;
        this.rosters = rosters;
    }

    /** Puts the questions for groups among {@code questions} to the streams that are theirs. */
    public static GroupQueries fanOut(
            DataStream<StreamEvent> observations,
            DataStream<StreamEvent> questions,
            ReadableConfig options) {
        long forgetMillis = options.get(SummaryOptions.GROUP_FORGET_AFTER).toMillis();
        DataStream<Tuple2<String, Long>> names =
                observations
                        .process(
                                new NewStreams(forgetMillis / FanOut.SAID_PER_SPAN),
                                Types.TUPLE(Types.STRING, Types.LONG))
                        .name("New streams")
                        .uid("oxbow-new-streams");
        DataStream<Query> ofGroups =
                questions
                        .filter(GroupQueries::isOfGroup)
                        .name("Of groups")
                        .uid("oxbow-questions-of-groups")
                        .map(event -> (Query) event)
                        .returns(EventTypes.QUERY)
                        .name("Questions")
                        .uid("oxbow-group-questions");
        DataStream<StreamEvent> ofStreams =
                questions
                        .filter(event -> !isOfGroup(event))
                        .name("Of streams")
                        .uid("oxbow-questions-of-streams");
        SingleOutputStreamOperator<StreamEvent> asked =
                ofGroups.connect(names)
                        .keyBy(query -> ALL_NAMES, name -> ALL_NAMES, Types.INT)
                        .process(
                                new FanOut(
                                        options.get(SummaryOptions.GROUP_PATIENCE).toMillis(),
                                        forgetMillis),
                                EventTypes.STREAM_EVENT)
                        .name("Group questions")
                        .uid("oxbow-fan-out")
                        .setParallelism(1)
                        .setMaxParallelism(1);
        DataStream<StreamEvent> idle =
                asked.assignTimestampsAndWatermarks(
                                WatermarkStrategy.<StreamEvent>forGenerator(
                                                context -> new IdleWatermarks<>())
                                        .withTimestampAssigner(
                                                (event, recordTime) -> event.eventTime()))
                        .name("Never waited for")
                        .uid("oxbow-fan-out-watermarks")
                        .setParallelism(1);
        return new GroupQueries(
                observations.union(ofStreams, idle), asked.getSideOutput(FanOut.ROSTERS));
    }

    private static boolean isOfGroup(StreamEvent event) {
        return event instanceof Query query && !query.group().isEmpty();
    }

    /** Observations, and questions for one stream each: what the keyed operators take. */
    public DataStream<StreamEvent> events() {
        return events;
    }

    /**
     * One answer to every question: those for one stream as they are, those for a group gathered.
     *
     * @param answers of all streams
     */
    public DataStream<Answer> gather(DataStream<Answer> answers) {
        DataStream<Answer> ofGroups =
                answers.filter(answer -> !answer.group().isEmpty())
                        .name("For groups")
                        .uid("oxbow-answers-for-groups");
        DataStream<Answer> gathered =
                rosters.connect(ofGroups)
                        .keyBy(roster -> roster.query().queryId(), Answer::queryId, Types.STRING)
                        .process(new Gatherer(), EventTypes.ANSWER)
                        .name("Gather")
                        .uid("oxbow-gather");
        return answers.filter(answer -> answer.group().isEmpty())
                .name("For streams")
                .uid("oxbow-answers-for-streams")
                .union(gathered);
    }
}
