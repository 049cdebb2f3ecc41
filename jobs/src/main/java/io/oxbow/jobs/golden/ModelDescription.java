package io.oxbow.jobs.golden;

import io.oxbow.arch.LoadedModel;
import io.oxbow.flink.summary.StreamSummaries;
import io.oxbow.model.SsmModel;
import io.oxbow.model.StateLayout;
import io.oxbow.plan.OutputLayout;
import io.oxbow.plan.StepOp;
import io.oxbow.plan.StepPlan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.configuration.Configuration;

/**
 * What a model is and costs.
 *
 * @param parameters numbers in its weight files
 * @param stateBytes bytes of state per stream
 * @param summaryBytes bytes per stream that the summaries keep beside it, with default options
 * @param flopsPerEvent additions and multiplications per event
 * @param vocabulary ids that the input may be, 0 to one less; null where it is features
 * @param outputs width of each output field
 * @param state segments of the state, one line each
 * @param operations how many of each kind an event goes through
 * @param refused tensors that were not used, each with the reason
 */
record ModelDescription(
        String model,
        String architecture,
        String fingerprint,
        String timeMode,
        long parameters,
        long stateBytes,
        long summaryBytes,
        long flopsPerEvent,
        int inputDim,
        Integer vocabulary,
        int outputDim,
        Map<String, Integer> outputs,
        List<String> state,
        Map<String, Integer> operations,
        List<String> refused) {

    static ModelDescription of(LoadedModel loaded) {
        SsmModel model = loaded.model();
        StepPlan plan = model.plan();
        Map<String, Integer> outputs = new LinkedHashMap<>();
        for (OutputLayout.Field field : plan.outputs().fields()) {
            outputs.put(field.name(), field.width());
        }
        long flops = 0;
        Map<String, Integer> operations = new TreeMap<>();
        for (StepOp op : plan.ops()) {
            flops += op.flops();
            operations.merge(op.describe(), 1, Integer::sum);
        }
        List<String> state = new ArrayList<>();
        for (StateLayout.Segment segment : plan.layout().segments()) {
            state.add(segment.name() + " " + segment.dtype() + " " + segment.shape());
        }
        List<String> refused = new ArrayList<>();
        for (String tensor : loaded.weights().unused()) {
            refused.add(tensor + ": this use of the model has no place for it");
        }
        return new ModelDescription(
                model.name(),
                model.architecture(),
                "%016x".formatted(model.fingerprint()),
                model.timeMode().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                loaded.weights().elements(),
                plan.layout().bytes(),
                StreamSummaries.bytesPerStream(new Configuration()),
                flops,
                plan.inputDim(),
                plan.vocabulary().isPresent() ? plan.vocabulary().getAsInt() : null,
                plan.outputs().width(),
                outputs,
                state,
                operations,
                refused);
    }

    String text() {
        StringBuilder text = new StringBuilder();
        line(text, "model", model);
        line(text, "architecture", architecture + ", " + timeMode);
        line(text, "fingerprint", fingerprint);
        line(text, "parameters", "%,d".formatted(parameters));
        line(text, "state", "%,d bytes per stream".formatted(stateBytes));
        line(text, "summaries", "%,d bytes per stream".formatted(summaryBytes));
        line(text, "cost", "%,d operations per event".formatted(flopsPerEvent));
        line(
                text,
                "input",
                vocabulary == null ? inputDim + " numbers" : "a token id below " + vocabulary);
        line(text, "outputs", outputs.toString());
        line(text, "steps", operations.toString());
        for (String tensor : refused) {
            line(text, "refused", tensor);
        }
        return text.toString().stripTrailing();
    }

    private static void line(StringBuilder text, String what, String value) {
        text.append("%-13s %s%n".formatted(what, value));
    }
}
