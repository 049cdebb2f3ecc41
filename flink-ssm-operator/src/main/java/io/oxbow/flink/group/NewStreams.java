package io.oxbow.flink.group;

import io.oxbow.flink.event.StreamEvent;
import java.util.HashSet;
import java.util.Set;
import org.apache.flink.api.common.functions.RichFlatMapFunction;
import org.apache.flink.util.Collector;

/**
 * Says the name of each stream the first time this task sees it. What was said is not kept in
 * checkpoints: after a restart names are said again, which does no harm.
 */
final class NewStreams extends RichFlatMapFunction<StreamEvent, String> {
    private static final long serialVersionUID = 1L;

    private transient Set<String> said;

    @Override
    public void flatMap(StreamEvent event, Collector<String> out) {
        if (said == null) {
            said = new HashSet<>();
        }
        if (said.add(event.streamId())) {
            out.collect(event.streamId());
        }
    }
}
