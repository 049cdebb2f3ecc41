package io.oxbow.kafka;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;

/**
 * Every version of every event's schema, read once from the resources {@code
 * event/schemas/<name>-v<version>.avsc} beside this class. Immutable, safe to share.
 */
final class BundledSchemas implements SchemaSource {
    static final BundledSchemas INSTANCE = new BundledSchemas();

    private final Map<Integer, Schema> schemas = new HashMap<>();

    private BundledSchemas() {
        for (EventType<?> type : EventTypes.all()) {
            for (int version = 1; version <= type.version(); version++) {
                schemas.put(type.schemaId(version), read(type.schemaResource(version)));
            }
        }
    }

    @Override
    public Schema find(int schemaId) {
        return schemas.get(schemaId);
    }

    private static Schema read(String resource) {
        try (InputStream in = BundledSchemas.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("the schema " + resource + " is not bundled");
            }
            return new Schema.Parser().parse(in);
        } catch (IOException e) {
            throw new UncheckedIOException("the schema " + resource + " cannot be read", e);
        }
    }
}
