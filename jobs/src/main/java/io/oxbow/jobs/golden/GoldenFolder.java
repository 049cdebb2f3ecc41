package io.oxbow.jobs.golden;

import io.oxbow.json.Json;
import io.oxbow.safetensors.SafetensorsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Finds the cases in a folder by what lies in it:
 *
 * <pre>
 * config.json + model.safetensors + io.safetensors     a model and what it makes of its inputs
 * hf/config.json + hf/model.safetensors                the same model under other names
 * ... + model.safetensors.index.json + its shards      the same as model.safetensors
 * X.config.json + X.model.safetensors + X.io.safetensors
 * config.json of model_type hippo + MEASURE-RULE.safetensors
 * X.safetensors with weights, input and output         one layer
 * X.safetensors with x and functions of x              element-wise functions
 * </pre>
 *
 * A safetensors file that is none of these is reported as a broken case.
 */
final class GoldenFolder {
    private static final int MAX_DEPTH = 6;
    private static final String IO = "io.safetensors";
    private static final String MODEL = "model.safetensors";
    private static final String INDEX = "model.safetensors.index.json";
    private static final String SHARD = "model-\\d+-of-\\d+\\.safetensors";
    private static final String CONFIG = "config.json";
    private static final String SUFFIX = ".safetensors";

    private final Path root;
    private final List<GoldenCase> cases = new ArrayList<>();

    private GoldenFolder(Path root) {
        this.root = root;
    }

    /** All cases at or below {@code root}, in the order of their names. */
    static List<GoldenCase> cases(Path root) throws IOException {
        GoldenFolder folder = new GoldenFolder(root);
        folder.visit(root, 0);
        return List.copyOf(folder.cases);
    }

    private void visit(Path directory, int depth) throws IOException {
        List<Path> entries;
        try (Stream<Path> listing = Files.list(directory)) {
            entries = listing.sorted().toList();
        }
        for (Path entry : entries) {
            if (Files.isDirectory(entry)) {
                if (depth < MAX_DEPTH) {
                    visit(entry, depth + 1);
                }
            } else {
                visitFile(directory, entry);
            }
        }
    }

    private void visitFile(Path directory, Path file) throws IOException {
        String name = file.getFileName().toString();
        boolean whole = Files.exists(directory.resolve(MODEL));
        boolean sharded = !whole && Files.exists(directory.resolve(INDEX));
        if (name.equals(MODEL) || (sharded && name.equals(INDEX))) {
            Path io = directory.resolve(IO);
            if (!Files.exists(io) && directory.getParent() != null) {
                io = directory.getParent().resolve(IO);
            }
            addModel(label(directory), directory, io);
        } else if (!name.endsWith(SUFFIX) || (sharded && name.matches(SHARD))) {
            return;
        } else if (name.endsWith("." + MODEL)) {
            String stem = name.substring(0, name.length() - MODEL.length());
            addModel(
                    label(directory.resolve(stem.substring(0, stem.length() - 1))),
                    file,
                    directory.resolve(stem + IO));
        } else if (name.equals(IO) || name.endsWith("." + IO)) {
            String stem = name.substring(0, name.length() - IO.length());
            if (!Files.exists(directory.resolve(stem + MODEL))
                    && !(stem.isEmpty() && sharesIo(directory))) {
                cases.add(GoldenCase.broken(label(file), "there is no model beside " + name));
            }
        } else {
            addLoose(directory, file);
        }
    }

    /** Whether the references of a folder are those of a model in it or in a folder of it. */
    private static boolean sharesIo(Path directory) throws IOException {
        try (Stream<Path> models = Files.walk(directory, 2)) {
            return models.map(path -> path.getFileName().toString())
                    .anyMatch(name -> name.equals(MODEL) || name.equals(INDEX));
        }
    }

    private void addModel(String label, Path model, Path io) {
        if (!Files.exists(io)) {
            cases.add(GoldenCase.broken(label, "there is no " + io.getFileName()));
            return;
        }
        SafetensorsFile file;
        try {
            file = SafetensorsFile.read(io);
        } catch (Exception e) {
            cases.add(GoldenCase.broken(label, io.getFileName() + ": " + e.getMessage()));
            return;
        }
        List<GoldenCase> found = ModelTrials.cases(label, model, file);
        cases.addAll(found);
        if (found.isEmpty()) {
            cases.add(GoldenCase.broken(label, io.getFileName() + " has no inputs that are known"));
        }
    }

    private void addLoose(Path directory, Path path) {
        String name = path.getFileName().toString();
        String label = label(directory.resolve(name.substring(0, name.length() - SUFFIX.length())));
        try {
            SafetensorsFile file = SafetensorsFile.read(path);
            if (file.tensors().containsKey("x")) {
                cases.add(new GoldenCase(label, () -> List.of(FunctionTrial.of(file))));
            } else if (file.tensors().containsKey("u") && !file.tensors().containsKey("y")) {
                Json fields = Json.parse(Files.readString(directory.resolve(CONFIG)));
                cases.add(new GoldenCase(label, () -> List.of(HippoTrial.of(label, fields, file))));
            } else {
                cases.add(new GoldenCase(label, () -> ModelTrials.layer(label, path, file)));
            }
        } catch (Exception e) {
            cases.add(GoldenCase.broken(label, name + ": " + e.getMessage()));
        }
    }

    private String label(Path path) {
        String relative = root.relativize(path).toString().replace('\\', '/');
        return relative.isEmpty() ? String.valueOf(root.getFileName()) : relative;
    }
}
