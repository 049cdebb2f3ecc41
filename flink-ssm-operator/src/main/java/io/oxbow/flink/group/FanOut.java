package io.oxbow.flink.group;

import io.oxbow.flink.event.EventTypes;
import io.oxbow.flink.event.Query;
import io.oxbow.flink.event.Roster;
import io.oxbow.flink.event.StreamEvent;
import java.util.List;
import java.util.TreeSet;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Knows the names of the streams there are, and puts a question for a group to each of its streams;
 * whom it asked goes to {@link #ROSTERS}. A stream that was not heard from for long is forgotten:
 * state holds the streams of one span of event time, whatever has come and gone. All of a job's
 * names lie under one key.
 */
final class FanOut
        extends KeyedCoProcessFunction<Integer, Query, Tuple2<String, Long>, StreamEvent> {
    static final OutputTag<Roster> ROSTERS = new OutputTag<>("rosters", EventTypes.ROSTER);

    private static final long serialVersionUID = 1L;

    /** How often a stream's name is said while it is remembered. */
    static final int SAID_PER_SPAN = 4;

    private final long patienceMillis;
    private final long forgetMillis;

    /** Watermark when each stream was last heard from. */
    private transient MapState<String, Long> heard;

    /** As savepoints have it that were taken before streams were forgotten. */
    private transient MapState<String, Boolean> namesAlone;

    /** The latest watermark heard, and that of the last look for streams to forget. */
    private transient ValueState<Tuple2<Long, Long>> clock;

    /**
     * @param patienceMillis processing time for questions without a deadline
     * @param forgetMillis event time after which a silent stream is forgotten; 0 for never
     */
    FanOut(long patienceMillis, long forgetMillis) {
        this.patienceMillis = patienceMillis;
        this.forgetMillis = forgetMillis;
    }

    @Override
    public void open(OpenContext context) {
        heard =
                getRuntimeContext()
                        .getMapState(
                                new MapStateDescriptor<>(
                                        "streams-heard", Types.STRING, Types.LONG));
        namesAlone =
                getRuntimeContext()
                        .getMapState(
                                new MapStateDescriptor<>(
                                        "stream-names", Types.STRING, Types.BOOLEAN));
        clock =
                getRuntimeContext()
                        .getState(
                                new ValueStateDescriptor<>(
                                        "clock", Types.TUPLE(Types.LONG, Types.LONG)));
    }

    @Override
    public void processElement1(Query query, Context context, Collector<StreamEvent> out)
            throws Exception {
        adoptNames();
        StreamGroup group = new StreamGroup(query.group());
        TreeSet<String> streams = new TreeSet<>(group.named());
        for (String name : heard.keys()) {
            if (group.matches(name)) {
                streams.add(name);
            }
        }
        long now = context.timerService().currentProcessingTime();
        long deadline = query.deadline() > 0 ? query.deadline() : now + patienceMillis;
        context.output(ROSTERS, new Roster(ask(query, query.streamId(), deadline), list(streams)));
        for (String stream : streams) {
            out.collect(ask(query, stream, deadline));
        }
    }

    private static List<String> list(TreeSet<String> streams) {
        return List.copyOf(streams);
    }

    private static Query ask(Query query, String streamId, long deadline) {
        return new Query(
                query.queryId(),
                streamId,
                query.group(),
                query.kind(),
                query.from(),
                query.to(),
                query.referenceFrom(),
                query.resolutionMillis(),
                deadline,
                query.eventTime(),
                query.replyTo());
    }

    @Override
    public void processElement2(
            Tuple2<String, Long> said, Context context, Collector<StreamEvent> out)
            throws Exception {
        adoptNames();
        Tuple2<Long, Long> times = clock.value();
        long now = said.f1;
        if (times != null) {
            now = now == Long.MAX_VALUE ? times.f0 : Math.max(now, times.f0);
        }
        // Who speaks lives now, though the task that heard it may lag behind.
        heard.put(said.f0, now);
        clock.update(Tuple2.of(now, times == null ? Long.MIN_VALUE : times.f1));
        forgetSilent();
    }

    private void adoptNames() throws Exception {
        if (namesAlone.isEmpty()) {
            return;
        }
        for (String name : namesAlone.keys()) {
            if (!heard.contains(name)) {
                heard.put(name, Long.MIN_VALUE);
            }
        }
        namesAlone.clear();
    }

    /** Looks for them once a repetition: a living stream was heard at most one ago. */
    private void forgetSilent() throws Exception {
        Tuple2<Long, Long> times = clock.value();
        long repeatMillis = forgetMillis / SAID_PER_SPAN;
        if (times == null || !NewStreams.isOver(times.f1, times.f0, repeatMillis)) {
            return;
        }
        for (var names = heard.iterator(); names.hasNext(); ) {
            var name = names.next();
            if (name.getValue() == Long.MIN_VALUE) {
                // Heard before the first watermark: its span begins here.
                name.setValue(times.f0);
            } else if (NewStreams.isOver(name.getValue(), times.f0, forgetMillis + repeatMillis)) {
                names.remove();
            }
        }
        clock.update(Tuple2.of(times.f0, times.f0));
    }
}
