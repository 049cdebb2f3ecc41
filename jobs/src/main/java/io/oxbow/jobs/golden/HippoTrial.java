package io.oxbow.jobs.golden;

import io.oxbow.arch.Architectures;
import io.oxbow.json.Json;
import io.oxbow.model.SsmModel;
import io.oxbow.plan.OutputLayout;
import io.oxbow.safetensors.SafetensorsFile;
import io.oxbow.safetensors.Tensors;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The trial of a HiPPO memory: its coefficients are output and state at once. */
final class HippoTrial {

    private HippoTrial() {}

    /**
     * @param label ends in MEASURE-RULE
     */
    static GoldenTrial of(String label, Json config, SafetensorsFile file) throws IOException {
        String[] words = label.substring(label.lastIndexOf('/') + 1).split("-");
        if (!(config instanceof Json.Obj fields) || words.length < 2) {
            throw new IOException("it is neither a model nor named MEASURE-RULE");
        }
        Reference reference = new Reference(file, "");
        Map<String, String> options = new HashMap<>();
        options.put("measure", words[0]);
        options.put("discretization", words[1]);
        if (reference.has("dt")) {
            options.put("dt", String.valueOf(reference.values("dt")[0]));
        } else if (!words[0].equals("legs") && fields.get("dt_lti") instanceof Json.Num dt) {
            options.put("dt", dt.literal());
        }
        SsmModel model = Architectures.build(label, fields, Tensors.none(), options);
        float[] inputs = reference.inputs("u");
        int streams = reference.shape("u").get(0);
        int steps = inputs.length / streams;
        int order = model.plan().outputs().width();
        int middle = reference.middle(steps);
        List<GoldenTrial.Output> outputs = new ArrayList<>();
        List<GoldenTrial.State> states = new ArrayList<>();
        for (String name : List.of("coeff", "coeff_f64")) {
            if (reference.has(name)) {
                double[] all = reference.values(name);
                outputs.add(new GoldenTrial.Output(OutputLayout.EMBEDDING, all));
                states.add(state(all, streams, steps, order, middle));
                states.add(state(all, streams, steps, order, steps));
            }
        }
        for (String name : List.of("final_coeff", "final_coeff_f64")) {
            if (reference.has(name)) {
                double[] last = reference.values(name);
                outputs.add(new GoldenTrial.Output(OutputLayout.EMBEDDING, last));
                states.add(new GoldenTrial.State("memory", steps, last));
            }
        }
        if (outputs.isEmpty()) {
            throw new IOException("the reference has no coefficients");
        }
        return new GoldenTrial(model, null, inputs, streams, steps, middle, outputs, states);
    }

    private static GoldenTrial.State state(
            double[] all, int streams, int steps, int order, int after) throws IOException {
        if (all.length != streams * steps * order) {
            throw new IOException(
                    all.length + " coefficients where " + streams * steps * order + " are made");
        }
        double[] state = new double[streams * order];
        for (int s = 0; s < streams; s++) {
            System.arraycopy(all, (s * steps + after - 1) * order, state, s * order, order);
        }
        return new GoldenTrial.State("memory", after, state);
    }
}
