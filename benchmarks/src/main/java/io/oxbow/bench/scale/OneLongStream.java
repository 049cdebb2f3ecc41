package io.oxbow.bench.scale;

import io.oxbow.bench.pipeline.SampleFeatures;
import io.oxbow.flink.event.StreamEvent;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;

/** Makes events of a first stream, which the JVM compiles for, then of a second. */
final class OneLongStream extends RichMapFunction<Long, StreamEvent> {
    private static final long serialVersionUID = 1L;

    private final long warmUp;
    private transient SampleFeatures features;
    private long made;

    /**
     * @param warmUp events of the first stream
     */
    OneLongStream(long warmUp) {
        this.warmUp = warmUp;
    }

    @Override
    public void open(OpenContext context) {
        features = new SampleFeatures();
    }

    @Override
    public StreamEvent map(Long number) {
        return features.event(made < warmUp ? 0 : 1, made++, 0);
    }
}
