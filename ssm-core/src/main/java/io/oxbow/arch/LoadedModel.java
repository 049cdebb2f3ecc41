package io.oxbow.arch;

import io.oxbow.arch.memory.MemoryModel;
import io.oxbow.json.Json;
import io.oxbow.json.JsonException;
import io.oxbow.model.SsmModel;
import io.oxbow.safetensors.SafetensorsException;
import io.oxbow.safetensors.SafetensorsFile;
import io.oxbow.safetensors.Tensors;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * A model with what it was made from.
 *
 * @param weights empty for models that need none
 */
public record LoadedModel(SsmModel model, Json.Obj config, Tensors weights) {
    private static final String CONFIG = "config.json";
    private static final String WEIGHTS = "model.safetensors";
    private static final String INDEX = "model.safetensors.index.json";
    private static final String SUFFIX = ".safetensors";
    private static final int MAX_JSON_BYTES = 64 << 20;

    /** Names under which PyTorch leaves weights. */
    private static final List<String> PICKLES =
            List.of(
                    "pytorch_model.bin",
                    "pytorch_model.bin.index.json",
                    "pytorch_model.pt",
                    "model.bin",
                    "model.pt",
                    "model.pth",
                    "model.ckpt",
                    "weights.pt",
                    "weights.pth",
                    "checkpoint.pt",
                    "checkpoint.pth",
                    "consolidated.pth",
                    "consolidated.00.pth");

    /** Option that names a safetensors file with a head. */
    private static final String READOUT_OPTION = "readout";

    /**
     * Loads a model; see {@link Architectures#load}.
     *
     * @throws ModelException with one sentence if it cannot be loaded
     */
    public static LoadedModel load(
            String reference, ModelFiles files, Map<String, String> overrides) {
        try {
            return read(reference, files, overrides);
        } catch (IOException e) {
            throw new ModelException("model '" + reference + "' cannot be read: " + e, e);
        }
    }

    /** The readings of this model's config, see {@link SsmArchitecture#readings}. */
    public List<Map<String, String>> readings() {
        ModelConfig fields = ModelConfig.of(model.name(), config, Map.of(), model.fingerprint());
        return Architectures.byName(model.architecture())
                .map(architecture -> architecture.readings(fields))
                .orElseGet(() -> List.of(Map.of()));
    }

    private static LoadedModel read(
            String reference, ModelFiles files, Map<String, String> overrides) throws IOException {
        if (reference.equals(MemoryModel.NAME)) {
            Json.Obj config = new Json.Obj(Map.of("model_type", new Json.Str(MemoryModel.NAME)));
            SsmModel model = Architectures.build(reference, config, Tensors.none(), overrides);
            return new LoadedModel(model, config, Tensors.none());
        }
        if (reference.matches("(?i).*\\.(bin|pt|pth|ckpt|pkl)")) {
            throw pickled(reference, reference);
        }
        Json.Obj config;
        Tensors weights;
        switch (files.kind(reference)) {
            case DIRECTORY -> {
                config = config(join(reference, CONFIG), files);
                weights = directoryWeights(reference, files);
            }
            case FILE -> {
                SafetensorsFile file = safetensors(reference, files);
                config = configBeside(reference, files, file);
                weights = Tensors.of(file);
            }
            default ->
                    throw new ModelException(
                            "there is no model '"
                                    + reference
                                    + "': neither a directory nor a file");
        }
        Map<String, String> options = new HashMap<>(overrides);
        String readout = options.remove(READOUT_OPTION);
        if (readout != null) {
            weights.add(Head.READOUT + ".", safetensors(readout, files));
        }
        boolean empty = weights.names().isEmpty();
        try {
            SsmModel model = Architectures.build(reference, config, weights, options);
            return new LoadedModel(model, config, weights);
        } catch (ModelException e) {
            throw empty && e.getCause() instanceof SafetensorsException
                    ? withoutWeights(reference, e)
                    : e;
        }
    }

    /** The missing tensor, and that there were no weights at all. */
    private static ModelException withoutWeights(String reference, ModelException reason) {
        return new ModelException(
                reason.getMessage()
                        + "; there is no "
                        + WEIGHTS
                        + " and no "
                        + INDEX
                        + " in '"
                        + reference
                        + "'",
                reason);
    }

    private static Tensors directoryWeights(String directory, ModelFiles files) throws IOException {
        String single = join(directory, WEIGHTS);
        if (files.kind(single) == ModelFiles.Kind.FILE) {
            return Tensors.of(safetensors(single, files));
        }
        String index = join(directory, INDEX);
        if (files.kind(index) == ModelFiles.Kind.FILE) {
            return shards(directory, index, files);
        }
        for (String pickle : PICKLES) {
            if (files.kind(join(directory, pickle)) == ModelFiles.Kind.FILE) {
                throw pickled(directory, pickle);
            }
        }
        return Tensors.none();
    }

    /** The files an index names, whose tensors must be exactly those it names. */
    private static Tensors shards(String directory, String index, ModelFiles files)
            throws IOException {
        if (!(json(index, files).get("weight_map") instanceof Json.Obj map)) {
            throw new ModelException("'" + index + "' has no weight_map");
        }
        TreeSet<String> names = new TreeSet<>();
        for (Json name : map.members().values()) {
            if (!(name instanceof Json.Str text)
                    || !text.value().matches("[\\w.-]+\\.safetensors")) {
                throw new ModelException(
                        "'" + index + "' names a shard that is not a safetensors file beside it");
            }
            names.add(text.value());
        }
        List<SafetensorsFile> shards = new ArrayList<>();
        for (String name : names) {
            shards.add(safetensors(join(directory, name), files));
        }
        Tensors weights = Tensors.of(shards);
        if (!weights.names().equals(new TreeSet<>(map.members().keySet()))) {
            TreeSet<String> differing = new TreeSet<>(weights.names());
            differing.removeAll(map.members().keySet());
            TreeSet<String> missing = new TreeSet<>(map.members().keySet());
            missing.removeAll(weights.names());
            differing.addAll(missing);
            throw new ModelException("'" + index + "' and its shards disagree about " + differing);
        }
        return weights;
    }

    private static Json.Obj configBeside(String file, ModelFiles files, SafetensorsFile content)
            throws IOException {
        if (!file.endsWith(SUFFIX)) {
            throw new ModelException(
                    "'" + file + "' is not a safetensors file; its name must end in " + SUFFIX);
        }
        String stem = file.substring(0, file.length() - SUFFIX.length());
        String bare = stem.endsWith(".model") ? stem.substring(0, stem.length() - 6) : stem;
        String folder = file.contains("/") ? file.substring(0, file.lastIndexOf('/')) : ".";
        for (String candidate :
                List.of(bare + "." + CONFIG, stem + "." + CONFIG, join(folder, CONFIG))) {
            if (files.kind(candidate) == ModelFiles.Kind.FILE) {
                return config(candidate, files);
            }
        }
        return metadataConfig(content);
    }

    /** A config from the free text in a file's header: its entries as strings. */
    public static Json.Obj metadataConfig(SafetensorsFile file) {
        Map<String, Json> fields = new LinkedHashMap<>();
        file.metadata().forEach((key, value) -> fields.put(key, new Json.Str(value)));
        return new Json.Obj(fields);
    }

    private static Json.Obj config(String location, ModelFiles files) throws IOException {
        if (files.kind(location) != ModelFiles.Kind.FILE) {
            throw new ModelException("there is no '" + location + "'");
        }
        return json(location, files);
    }

    private static Json.Obj json(String location, ModelFiles files) throws IOException {
        try (ModelFiles.Content content = files.open(location)) {
            if (content.length() > MAX_JSON_BYTES) {
                throw new ModelException("'" + location + "' is too large to be a config");
            }
            byte[] bytes = content.stream().readNBytes(MAX_JSON_BYTES);
            if (Json.parse(new String(bytes, StandardCharsets.UTF_8)) instanceof Json.Obj fields) {
                return fields;
            }
            throw new ModelException("'" + location + "' is not a JSON object");
        } catch (JsonException e) {
            throw new ModelException("'" + location + "': " + e.getMessage(), e);
        }
    }

    private static SafetensorsFile safetensors(String location, ModelFiles files)
            throws IOException {
        if (files.kind(location) != ModelFiles.Kind.FILE) {
            throw new ModelException("there is no '" + location + "'");
        }
        try (ModelFiles.Content content = files.open(location)) {
            return SafetensorsFile.read(content.stream(), content.length());
        } catch (SafetensorsException e) {
            throw new ModelException("'" + location + "': " + e.getMessage(), e);
        }
    }

    private static String join(String directory, String name) {
        return directory.endsWith("/") ? directory + name : directory + "/" + name;
    }

    private static ModelException pickled(String reference, String file) {
        return new ModelException(
                "model '"
                        + reference
                        + "' holds PyTorch weights ("
                        + file
                        + "), which can run code when read; convert them once with Python: import"
                        + " torch, safetensors.torch as s; w = torch.load('"
                        + file
                        + "', map_location='cpu', weights_only=True); s.save_file({k:"
                        + " v.clone().contiguous() for k, v in w.items()}, 'model.safetensors')");
    }
}
