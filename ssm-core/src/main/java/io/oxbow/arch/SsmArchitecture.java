package io.oxbow.arch;

import io.oxbow.model.SsmModel;
import io.oxbow.safetensors.Tensors;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A family of models: turns a config and weights into a plan. Stateless. */
public interface SsmArchitecture {

    /** The name in the registry, for example {@code s4d}. */
    String name();

    /** Whether {@code config} describes a model of this family. */
    boolean accepts(ModelConfig config);

    /**
     * Tensor names that together mark weights of this family, for files that come without a config;
     * empty when its weights always come with one.
     */
    default Set<String> signature() {
        return Set.of();
    }

    /**
     * The ways in which a config can be read where it leaves something open that its authors' own
     * programs do differently: options for each, first the one taken when nobody says otherwise.
     */
    default List<Map<String, String>> readings(ModelConfig config) {
        return List.of(Map.of());
    }

    /**
     * @throws ModelException if the config asks for what this family cannot do
     * @throws io.oxbow.safetensors.SafetensorsException if a tensor is missing or misshapen
     */
    SsmModel build(ModelConfig config, Tensors weights);
}
