package io.oxbow.encode.image;

import java.nio.file.Path;

/**
 * Runs image models of one file format. Providers are found by {@link java.util.ServiceLoader}, so
 * that nobody needs their libraries who has no such model. Stateless.
 */
public interface ImageModelRuntime {

    /** How the names of the files it reads end, for example {@code .onnx}. */
    String suffix();

    /**
     * Loads a model and runs it once.
     *
     * @throws ImageModelException if it cannot be run here or takes no pictures, and what to do
     */
    ImageModel load(Path file, ImageModelSettings settings);
}
