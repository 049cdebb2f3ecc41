package io.oxbow.flink.inference;

import io.oxbow.model.SsmModel;
import java.io.IOException;
import org.apache.flink.configuration.ReadableConfig;

/**
 * A model and the digest of its weights, as a job would read them.
 *
 * @param sha256 of the weights file, lower-case hexadecimal; empty where there is none or several
 */
public record InspectedModel(SsmModel model, String sha256) {

    /**
     * Reads the model that {@link io.oxbow.flink.OxbowOptions#MODEL_URI} and its neighbours name.
     *
     * @throws IOException if it cannot be read
     * @throws IllegalArgumentException if an option's value makes no sense; the message names it
     */
    public static InspectedModel read(ReadableConfig options) throws IOException {
        return ReferencedModel.of(options).inspect();
    }
}
