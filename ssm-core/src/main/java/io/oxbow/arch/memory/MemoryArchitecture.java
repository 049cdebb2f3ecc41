package io.oxbow.arch.memory;

import io.oxbow.arch.ModelConfig;
import io.oxbow.arch.SsmArchitecture;
import io.oxbow.model.SsmModel;
import io.oxbow.safetensors.Tensors;

/** The built-in model, by its defaults for {@code input_dim} channels; 1 where that is absent. */
public final class MemoryArchitecture implements SsmArchitecture {

    @Override
    public String name() {
        return MemoryModel.NAME;
    }

    @Override
    public boolean accepts(ModelConfig config) {
        return config.text("model_type", "").equals(MemoryModel.NAME);
    }

    @Override
    public SsmModel build(ModelConfig config, Tensors weights) {
        return MemoryModel.build(MemoryConfig.forChannels(config.positive("input_dim", 1)));
    }
}
