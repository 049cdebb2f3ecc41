package io.oxbow.kafka;

import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.configuration.ReadableConfig;

/**
 * The id that stands before the events of a topic: the type's own, or with a registry the one that
 * it gave to the schema under the subject {@code <topic>-value}. Not thread-safe.
 */
final class SchemaIds implements Serializable {
    private static final long serialVersionUID = 1L;

    private final RegistrySettings registry;
    private transient SchemaRegistry client;
    private transient Map<String, Integer> ids;

    SchemaIds(ReadableConfig config) {
        registry = RegistrySettings.of(config).orElse(null);
    }

    int of(EventType<?> type, String topic) {
        if (registry == null) {
            return type.schemaId();
        }
        if (client == null) {
            client = new SchemaRegistry(registry);
            ids = new HashMap<>();
        }
        Integer known = ids.get(topic);
        if (known == null) {
            known = client.register(topic + "-value", type.schema());
            ids.put(topic, known);
        }
        return known;
    }
}
