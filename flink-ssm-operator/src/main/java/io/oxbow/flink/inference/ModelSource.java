package io.oxbow.flink.inference;

import io.oxbow.model.SsmModel;
import java.io.IOException;
import java.io.Serializable;
import org.apache.flink.configuration.ReadableConfig;

/**
 * Where the operator's model comes from. Travels to every task, which loads the model when it
 * opens, before it touches any state.
 */
@FunctionalInterface
public interface ModelSource extends Serializable {

    /**
     * Loads the model. Each call may read it anew.
     *
     * @throws IOException if it cannot be read, or is not what was asked for; the message names it
     */
    SsmModel load() throws IOException;

    /**
     * The model that {@link io.oxbow.flink.OxbowOptions#MODEL_URI} and its neighbours name.
     *
     * @throws IllegalArgumentException if an option's value makes no sense; the message names it
     */
    static ModelSource of(ReadableConfig options) {
        return ReferencedModel.of(options);
    }
}
