package io.oxbow.jobs;

import io.oxbow.encode.audio.LogMelEncoder;
import io.oxbow.flink.OxbowOptions;
import io.oxbow.kafka.EventTypes;
import io.oxbow.kafka.KafkaOptions;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.configuration.Configuration;

/**
 * How many floats the vectors of a job have, where nobody said it and the job's own encoders know:
 * when it reads sounds and nothing else.
 */
final class InputWidth {
    private InputWidth() {}

    /** The same options, with the width if it is known. */
    static Configuration fill(Configuration options) {
        List<String> inputs = new ArrayList<>(options.get(KafkaOptions.INPUTS));
        inputs.remove(EventTypes.QUERY.name());
        boolean said = options.getOptional(OxbowOptions.MODEL_INPUT_DIM).isPresent();
        if (said || !inputs.equals(List.of(EventTypes.AUDIO.name()))) {
            return options;
        }
        Configuration filled = new Configuration(options);
        filled.set(OxbowOptions.MODEL_INPUT_DIM, LogMelEncoder.DIM);
        return filled;
    }
}
