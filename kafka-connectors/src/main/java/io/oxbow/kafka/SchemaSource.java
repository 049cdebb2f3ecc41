package io.oxbow.kafka;

import org.apache.avro.Schema;

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
}
