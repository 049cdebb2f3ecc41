package io.oxbow.bench.scale;

import io.oxbow.bench.pipeline.SampleFeatures;
import io.oxbow.bench.scale.StreamChoice.Access;
import io.oxbow.flink.event.StreamEvent;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;

/** Makes an event of each stream once, then of streams drawn at random. For one subtask. */
final class ScaleFeatures extends RichMapFunction<Long, StreamEvent> {
    private static final long serialVersionUID = 1L;

    private final int streams;
    private final Access access;
    private transient SampleFeatures features;
    private transient StreamChoice choice;
    private long made;

    ScaleFeatures(int streams, Access access) {
        this.streams = streams;
        this.access = access;
    }

    @Override
    public void open(OpenContext context) {
        features = new SampleFeatures();
        choice = new StreamChoice(access, streams);
    }

    @Override
    public StreamEvent map(Long number) {
        int stream = made < streams ? (int) made : choice.next();
        return features.event(stream, made++, 0);
    }
}
