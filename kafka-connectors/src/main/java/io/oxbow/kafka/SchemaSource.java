package io.oxbow.kafka;

import org.apache.avro.Schema;
import org.apache.flink.configuration.ReadableConfig;

/** Where the schema an event was written with is found by the id in its first bytes. */
@FunctionalInterface
public interface SchemaSource {

    /**
     * The schema of that id, or null if there is none.
     *
     * @throws EventDecodingException if it cannot be told now
     */
    Schema find(int schemaId) throws EventDecodingException;

    /** The schemas that came with this release, past versions included. */
    static SchemaSource bundled() {
        return BundledSchemas.INSTANCE;
    }

    /**
     * The bundled ones, then those of the registry that the options name, if they do. Not
     * thread-safe.
     */
    static SchemaSource of(ReadableConfig config) {
        return SchemaRegistry.behindBundled(RegistrySettings.of(config).orElse(null));
    }
}
