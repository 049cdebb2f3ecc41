package io.oxbow.flink.group;

import io.oxbow.flink.event.Answer;
import io.oxbow.flink.event.EventTypes;
import io.oxbow.flink.event.Roster;
import io.oxbow.flink.event.Timeline;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Gathers the streams' answers to one question, by its id, until all have come or the deadline has,
 * and answers once. Answers that come later are dropped; all trace of the question goes a while
 * after. Deadlines are of the clock on the wall, on which the asker waits.
 */
final class Gatherer extends KeyedCoProcessFunction<String, Roster, Answer, Answer> {
    private static final long serialVersionUID = 1L;

    /** How long a question that has been answered, or of which nobody knows, is remembered. */
    private static final long REMEMBERED_MILLIS = 600_000;

    private transient ValueState<Roster> roster;
    private transient MapState<String, Answer> answers;
    private transient ValueState<Boolean> answered;

    /** When all trace goes. */
    private transient ValueState<Long> forgetAt;

    @Override
    public void open(OpenContext context) {
        roster =
                getRuntimeContext()
                        .getState(new ValueStateDescriptor<>("roster", EventTypes.ROSTER));
        answers =
                getRuntimeContext()
                        .getMapState(
                                new MapStateDescriptor<>(
                                        "answers", Types.STRING, EventTypes.ANSWER));
        answered =
                getRuntimeContext().getState(new ValueStateDescriptor<>("answered", Types.BOOLEAN));
        forgetAt =
                getRuntimeContext().getState(new ValueStateDescriptor<>("forget-at", Types.LONG));
    }

    @Override
    public void processElement1(Roster asked, Context context, Collector<Answer> out)
            throws Exception {
        roster.update(asked);
        long deadline = asked.query().deadline();
        context.timerService().registerProcessingTimeTimer(deadline);
        long now = context.timerService().currentProcessingTime();
        remember(context, Math.max(now, deadline));
        answerIfComplete(out);
    }

    @Override
    public void processElement2(Answer answer, Context context, Collector<Answer> out)
            throws Exception {
        if (forgetAt.value() == null) {
            // The roster takes another way and is not here yet.
            remember(context, context.timerService().currentProcessingTime());
        }
        if (answered.value() == null) {
            answers.put(answer.streamId(), withoutCurves(answer));
            answerIfComplete(out);
        }
    }

    private void remember(Context context, long from) throws Exception {
        long until = from + REMEMBERED_MILLIS;
        forgetAt.update(until);
        context.timerService().registerProcessingTimeTimer(until);
    }

    private void answerIfComplete(Collector<Answer> out) throws Exception {
        Roster asked = roster.value();
        if (asked == null) {
            return;
        }
        for (String stream : asked.streams()) {
            if (!answers.contains(stream)) {
                return;
            }
        }
        answer(asked, out);
    }

    private void answer(Roster asked, Collector<Answer> out) throws Exception {
        List<Answer> came = new ArrayList<>();
        for (Answer answer : answers.values()) {
            came.add(answer);
        }
        answered.update(true);
        answers.clear();
        out.collect(GroupAnswer.of(asked, came));
    }

    @Override
    public void onTimer(long time, OnTimerContext context, Collector<Answer> out) throws Exception {
        Long end = forgetAt.value();
        if (end != null && time >= end) {
            roster.clear();
            answers.clear();
            answered.clear();
            forgetAt.clear();
        } else if (answered.value() == null && roster.value() != null) {
            answer(roster.value(), out);
        }
    }

    /** A group's answer shows no curves, and there may be thousands of them. */
    private static Answer withoutCurves(Answer a) {
        return new Answer(
                a.queryId(),
                a.streamId(),
                a.group(),
                a.kind(),
                a.status(),
                a.from(),
                a.to(),
                a.asOf(),
                a.stateVersion(),
                Timeline.EMPTY,
                Timeline.EMPTY,
                List.of(),
                a.peaks().subList(0, Math.min(1, a.peaks().size())),
                a.health(),
                List.of(),
                List.of(),
                a.figures(),
                a.text(),
                a.replyTo());
    }
}
