package io.oxbow.bench.pipeline;

import io.oxbow.flink.event.Inference;
import io.oxbow.flink.event.Observation;
import io.oxbow.flink.event.StreamEvent;
import io.oxbow.plan.OutputLayout;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;

/**
 * Answers each event with an inference as large as the model's, and computes nothing: what the rest
 * of the job costs.
 */
final class IdentityInference extends RichMapFunction<StreamEvent, Inference> {
    private static final long serialVersionUID = 1L;

    private final BenchmarkModel model;
    private transient float[] forecast;
    private transient float[] attribution;
    private transient float[] head;

    IdentityInference(BenchmarkModel model) {
        this.model = model;
    }

    @Override
    public void open(OpenContext context) {
        OutputLayout outputs = model.load().plan().outputs();
        forecast = blank(outputs, OutputLayout.FORECAST);
        attribution = blank(outputs, OutputLayout.ATTRIBUTION);
        head = blank(outputs, OutputLayout.HEAD);
    }

    private static float[] blank(OutputLayout outputs, String field) {
        return new float[outputs.field(field).map(OutputLayout.Field::width).orElse(0)];
    }

    @Override
    public Inference map(StreamEvent event) {
        Observation seen = (Observation) event;
        return new Inference(
                seen.streamId(),
                seen.epoch(),
                seen.seq(),
                seen.eventTime(),
                seen.ingestTime(),
                seen.encoderHash(),
                seen.seq(),
                seen.health(),
                0,
                0,
                1,
                seen.values(),
                forecast,
                attribution,
                new float[0],
                head,
                new float[0]);
    }
}
