package io.oxbow.flink.group;

import io.oxbow.flink.event.StreamEvent;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Says the name of each stream the first time this task sees it, and again now and then while it
 * has events, with the watermark of that moment. Watermarks, unlike single events, are not led
 * astray by one wrong clock. What was said is not kept in checkpoints: after a restart names are
 * said again, which does no harm.
 */
final class NewStreams extends ProcessFunction<StreamEvent, Tuple2<String, Long>> {
    private static final long serialVersionUID = 1L;

    private final long repeatMillis;
    private transient Map<String, Long> said;
    private transient long sweptAt;

    /**
     * @param repeatMillis event time after which a name is said again, and a silent one dropped; 0
     *     for never
     */
    NewStreams(long repeatMillis) {
        this.repeatMillis = repeatMillis;
    }

    @Override
    public void processElement(
            StreamEvent event, Context context, Collector<Tuple2<String, Long>> out) {
        hear(event.streamId(), context.timerService().currentWatermark(), out);
    }

    void hear(String name, long watermark, Collector<Tuple2<String, Long>> out) {
        if (said == null) {
            said = new HashMap<>();
            sweptAt = watermark;
        }
        Long before = said.get(name);
        if (before == null || isOver(before, watermark, repeatMillis)) {
            said.put(name, watermark);
            out.collect(Tuple2.of(name, watermark));
        }
        if (isOver(sweptAt, watermark, repeatMillis)) {
            sweptAt = watermark;
            said.values().removeIf(time -> isOver(time, watermark, repeatMillis));
        }
    }

    /** Names that this task would not say now. */
    int remembered() {
        return said.size();
    }

    /**
     * Whether a span has passed. The first watermark ends a span of any length, for nothing is
     * known of the time before; the last one, at the end of all input, ends none.
     *
     * @param spanMillis 0 for one that never ends
     */
    static boolean isOver(long from, long to, long spanMillis) {
        boolean known = from != Long.MIN_VALUE;
        return spanMillis > 0
                && to != Long.MAX_VALUE
                && to > from
                && (!known || to - from >= spanMillis);
    }
}
