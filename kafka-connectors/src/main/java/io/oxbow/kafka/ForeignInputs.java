package io.oxbow.kafka;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.ReadableConfig;

/** The kinds of other programs' records that are read. A new one is a class and a line here. */
public final class ForeignInputs {
    /** Objects that NVIDIA DeepStream found in pictures. */
    public static final String DEEPSTREAM = DeepStreamInput.NAME;

    private static final Map<String, ForeignInput.Maker> MAKERS = makers();

    private ForeignInputs() {}

    private static Map<String, ForeignInput.Maker> makers() {
        Map<String, ForeignInput.Maker> makers = new LinkedHashMap<>();
        makers.put(DEEPSTREAM, DeepStreamInput::new);
        makers.put(CloudEventInput.NAME, ignored -> new CloudEventInput());
        return makers;
    }

    /** The names of their inputs. */
    public static List<String> names() {
        return List.copyOf(MAKERS.keySet());
    }

    /** The topic that such an input is read from. */
    public static String topic(ReadableConfig config, String name) {
        return config.get(KafkaOptions.TOPIC_PREFIX) + name;
    }

    /** Those that the options ask for, by topic. */
    static Map<String, ForeignInput> byTopic(ReadableConfig config) {
        Map<String, ForeignInput> inputs = new HashMap<>();
        for (String name : config.get(KafkaOptions.INPUTS)) {
            ForeignInput.Maker maker = MAKERS.get(name);
            if (maker != null) {
                inputs.put(topic(config, name), maker.make(config));
            }
        }
        return inputs;
    }
}
