package io.oxbow.jobs.golden;

import io.oxbow.arch.Architectures;
import io.oxbow.arch.LoadedModel;
import io.oxbow.arch.ModelFiles;
import io.oxbow.model.SsmModel;
import io.oxbow.plan.OutputLayout;
import io.oxbow.safetensors.SafetensorsFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Trials of models that come with weights, and with reference inputs, outputs and states. */
final class ModelTrials {

    private ModelTrials() {}

    /** One case for each kind of input that {@code io} holds. */
    static List<GoldenCase> cases(String label, Path model, SafetensorsFile io) {
        List<GoldenCase> cases = new ArrayList<>();
        if (io.tensors().containsKey("tokens.input_ids")) {
            cases.add(
                    new GoldenCase(
                            label + "/tokens",
                            () ->
                                    trials(
                                            model,
                                            Map.of("input", "tokens"),
                                            new Reference(io, "tokens."),
                                            "input_ids")));
        }
        if (io.tensors().containsKey("stream.inputs_embeds")) {
            cases.add(
                    new GoldenCase(
                            label + "/stream",
                            () ->
                                    trials(
                                            model,
                                            Map.of(),
                                            new Reference(io, "stream."),
                                            "inputs_embeds")));
        }
        if (io.tensors().containsKey("x")) {
            cases.add(
                    new GoldenCase(
                            label, () -> trials(model, Map.of(), new Reference(io, ""), "x")));
        }
        return cases;
    }

    /** The trial of one layer, whose weights, inputs and outputs share a file. */
    static List<GoldenTrial> layer(String label, Path path, SafetensorsFile file)
            throws IOException {
        if (!file.tensors().containsKey("u") || !file.tensors().containsKey("y")) {
            throw new IOException(label + " has neither a config nor the tensors u and y");
        }
        return trials(path, Map.of(), new Reference(file, ""), "u");
    }

    /** One for each reading of the model's config. */
    private static List<GoldenTrial> trials(
            Path path, Map<String, String> overrides, Reference reference, String input)
            throws IOException {
        LoadedModel usual = LoadedModel.load(path.toString(), ModelFiles.local(), overrides);
        List<GoldenTrial> trials = new ArrayList<>();
        trials.add(trial(usual.model(), null, reference, input));
        for (Map<String, String> reading : usual.readings()) {
            if (!reading.isEmpty()) {
                Map<String, String> options = new HashMap<>(overrides);
                options.putAll(reading);
                SsmModel model = Architectures.load(path.toString(), ModelFiles.local(), options);
                trials.add(trial(model, reading.toString(), reference, input));
            }
        }
        return trials;
    }

    private static GoldenTrial trial(
            SsmModel model, String reading, Reference reference, String input) throws IOException {
        float[] inputs = reference.inputs(input);
        List<Integer> shape = reference.shape(input);
        boolean ids = !reference.real(input);
        int axes = ids ? shape.size() : shape.size() - 1;
        int steps = axes < 1 ? 0 : shape.get(axes - 1);
        int streams = axes < 2 ? 1 : shape.get(0);
        if ((long) streams * steps * model.inputDim() != inputs.length || steps < 2) {
            throw new IOException(
                    "the input '"
                            + input
                            + "' of shape "
                            + shape
                            + " does not fit a model of "
                            + model.inputDim()
                            + " inputs");
        }
        List<GoldenTrial.Output> outputs = new ArrayList<>();
        for (String name : List.of("hidden", "features", "y")) {
            reference.outputs(name, OutputLayout.EMBEDDING, outputs);
        }
        for (String name : List.of("logits", "logits_mean_pool")) {
            reference.outputs(name, OutputLayout.HEAD, outputs);
        }
        if (outputs.isEmpty()) {
            throw new IOException("the reference has no outputs that are known");
        }
        int middle = reference.middle(steps);
        return new GoldenTrial(
                model,
                reading,
                inputs,
                streams,
                steps,
                middle,
                outputs,
                reference.states(middle, steps));
    }
}
