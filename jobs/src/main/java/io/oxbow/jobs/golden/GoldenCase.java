package io.oxbow.jobs.golden;

import io.oxbow.arch.ModelException;
import io.oxbow.compute.ComputeBackend;
import io.oxbow.json.JsonException;
import io.oxbow.safetensors.SafetensorsException;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * One thing to compare, found but not yet read.
 *
 * @param name its place in the folder, for people
 * @param loader reads it, once for each reading of its config; may fail in any way that damaged
 *     files can bring about
 */
record GoldenCase(String name, Callable<List<GoldenTrial>> loader) {

    /** A case that is known to be broken. */
    static GoldenCase broken(String name, String why) {
        return new GoldenCase(
                name,
                () -> {
                    throw new IOException(why);
                });
    }

    /**
     * Reads and runs it; a case that cannot be read or run is a failed one. Where the config leaves
     * something open, the reference decides: the result is that of the first reading that agrees.
     */
    GoldenResult run(ComputeBackend backend) {
        try {
            GoldenResult first = null;
            for (GoldenTrial trial : loader.call()) {
                GoldenResult result = new GoldenRun(trial, backend).result(name);
                if (result.ok()) {
                    return result;
                }
                first = first == null ? result : first;
            }
            return first;
        } catch (Exception | OutOfMemoryError e) {
            String why = e.getMessage() == null ? e.toString() : e.getMessage();
            boolean plain =
                    e instanceof IOException
                            || e instanceof JsonException
                            || e instanceof ModelException
                            || e instanceof SafetensorsException
                            || e instanceof IllegalArgumentException;
            return GoldenResult.failed(
                    name, backend.name(), plain ? why : e.getClass().getSimpleName() + ": " + why);
        }
    }
}
