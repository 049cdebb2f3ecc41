package io.oxbow.flink.inference;

import io.oxbow.flink.event.Inference;
import io.oxbow.flink.event.StreamSignal;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.util.Collector;

/** Lets inferences through and nothing else. */
final class InferencesOnly implements FlatMapFunction<StreamSignal, Inference> {
    private static final long serialVersionUID = 1L;

    @Override
    public void flatMap(StreamSignal signal, Collector<Inference> out) {
        if (signal instanceof Inference inference) {
            out.collect(inference);
        }
    }
}
