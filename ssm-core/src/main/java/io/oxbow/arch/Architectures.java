package io.oxbow.arch;

import io.oxbow.arch.hippo.HippoArchitecture;
import io.oxbow.arch.lru.LruArchitecture;
import io.oxbow.arch.mamba1.Mamba1Architecture;
import io.oxbow.arch.mamba2.Mamba2Architecture;
import io.oxbow.arch.mamba3.Mamba3Architecture;
import io.oxbow.arch.memory.MemoryArchitecture;
import io.oxbow.arch.s4.S4Architecture;
import io.oxbow.arch.s4d.S4dArchitecture;
import io.oxbow.arch.s5.S5Architecture;
import io.oxbow.json.Json;
import io.oxbow.model.SsmModel;
import io.oxbow.plan.WeightFormat;
import io.oxbow.safetensors.SafetensorsException;
import io.oxbow.safetensors.Tensors;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The registry of architectures, and the way from a reference to a model. */
public final class Architectures {
    private static final List<SsmArchitecture> ALL =
            List.of(
                    new MemoryArchitecture(),
                    new HippoArchitecture(),
                    new S4Architecture(),
                    new S4dArchitecture(),
                    new S5Architecture(),
                    new LruArchitecture(),
                    new Mamba1Architecture(),
                    new Mamba2Architecture(),
                    new Mamba3Architecture());

    /** Option that says how the weights of projections are kept. */
    public static final String WEIGHTS_OPTION = "weights";

    private Architectures() {}

    public static List<SsmArchitecture> all() {
        return ALL;
    }

    public static Optional<SsmArchitecture> byName(String name) {
        return ALL.stream().filter(a -> a.name().equals(name)).findFirst();
    }

    /** The architecture whose config this is. */
    public static Optional<SsmArchitecture> detect(ModelConfig config) {
        return ALL.stream().filter(a -> a.accepts(config)).findFirst();
    }

    /** The architecture whose weights these are, judged by their names alone. */
    public static Optional<SsmArchitecture> detect(Tensors weights) {
        return ALL.stream()
                .filter(a -> !a.signature().isEmpty())
                .filter(a -> a.signature().stream().allMatch(weights::has))
                .findFirst();
    }

    /**
     * Loads a model.
     *
     * @param reference {@code memory}, the built-in model, whose {@code input-dim} is 1 unless
     *     overridden; or a directory with {@code config.json} and safetensors weights (one file or
     *     shards with an index), or one safetensors file
     * @param overrides config fields in kebab-case that replace the model's own, for example {@code
     *     time-mode}; {@code weights}, how projections keep theirs, f32, bf16, f16 or int8; and
     *     {@code readout}, a safetensors file with a linear layer for the head
     * @throws ModelException with one sentence if it cannot be loaded
     */
    public static SsmModel load(String reference, ModelFiles files, Map<String, String> overrides) {
        return LoadedModel.load(reference, files, overrides).model();
    }

    /**
     * Builds a model from parts in memory.
     *
     * @param name where they came from, for people
     * @throws ModelException with one sentence if it cannot be built
     */
    public static SsmModel build(
            String name, Json.Obj config, Tensors weights, Map<String, String> overrides) {
        long fingerprint = ModelFingerprint.of(config, weights, overrides);
        ModelConfig fields = ModelConfig.of(name, config, overrides, fingerprint);
        SsmArchitecture architecture =
                detect(fields).or(() -> detect(weights)).orElseThrow(() -> unknown(name, fields));
        try {
            String format = fields.choice(WEIGHTS_OPTION, "f32", "bf16", "f16", "int8");
            SsmModel model = architecture.build(fields, weights);
            Set<String> unknown = fields.unknownOverrides();
            if (!unknown.isEmpty()) {
                throw new ModelException(
                        "model '"
                                + name
                                + "' ("
                                + architecture.name()
                                + ") has no option "
                                + String.join(", ", unknown));
            }
            return model.withPlan(
                    model.plan()
                            .withWeights(WeightFormat.valueOf(format.toUpperCase(Locale.ROOT))));
        } catch (SafetensorsException | IllegalArgumentException | ArithmeticException e) {
            throw new ModelException(
                    "model '" + name + "' (" + architecture.name() + "): " + e.getMessage(), e);
        }
    }

    private static ModelException unknown(String name, ModelConfig config) {
        return new ModelException(
                "model '"
                        + name
                        + "' is of no known architecture (model_type '"
                        + config.text("model_type", "")
                        + "'); known are "
                        + String.join(", ", ALL.stream().map(SsmArchitecture::name).toList())
                        + "; a config names one by model_type, or, as state-spaces/mamba writes it,"
                        + " has d_model, n_layer and in ssm_cfg the layer Mamba1, Mamba2 or Mamba3");
    }
}
