package io.oxbow.jobs.golden;

import io.oxbow.compute.ComputeBackend;
import io.oxbow.json.JsonException;
import java.io.IOException;
import java.util.concurrent.Callable;

/**
 * One thing to compare, found but not yet read.
 *
 * @param name its place in the folder, for people
 * @param loader reads it; may fail in any way that damaged files can bring about
 */
record GoldenCase(String name, Callable<GoldenTrial> loader) {

    /** A case that is known to be broken. */
    static GoldenCase broken(String name, String why) {
        return new GoldenCase(
                name,
                () -> {
                    throw new IOException(why);
                });
    }

    /** Reads and runs it; a case that cannot be read or run is a failed one. */
    GoldenResult run(ComputeBackend backend) {
        try {
            return new GoldenRun(loader.call(), backend).result(name);
        } catch (Exception | OutOfMemoryError e) {
            String why = e.getMessage() == null ? e.toString() : e.getMessage();
            boolean plain = e instanceof IOException || e instanceof JsonException;
            return GoldenResult.failed(
                    name, backend.name(), plain ? why : e.getClass().getSimpleName() + ": " + why);
        }
    }
}
