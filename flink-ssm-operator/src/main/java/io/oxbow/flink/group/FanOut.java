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
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Knows the names of all streams, and puts a question for a group to each of its streams; whom it
 * asked goes to {@link #ROSTERS}. All of a job's names lie under one key.
 */
final class FanOut extends KeyedCoProcessFunction<Integer, Query, String, StreamEvent> {
    static final OutputTag<Roster> ROSTERS = new OutputTag<>("rosters", EventTypes.ROSTER);

    private static final long serialVersionUID = 1L;

    private final long patienceMillis;
    private transient MapState<String, Boolean> names;

    /**
     * @param patienceMillis processing time for questions without a deadline
     */
    FanOut(long patienceMillis) {
        this.patienceMillis = patienceMillis;
    }

    @Override
    public void open(OpenContext context) {
        names =
                getRuntimeContext()
                        .getMapState(
                                new MapStateDescriptor<>(
                                        "stream-names", Types.STRING, Types.BOOLEAN));
    }

    @Override
    public void processElement1(Query query, Context context, Collector<StreamEvent> out)
            throws Exception {
        StreamGroup group = new StreamGroup(query.group());
        TreeSet<String> streams = new TreeSet<>(group.named());
        for (String name : names.keys()) {
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
    public void processElement2(String name, Context context, Collector<StreamEvent> out)
            throws Exception {
        names.put(name, true);
    }
}
