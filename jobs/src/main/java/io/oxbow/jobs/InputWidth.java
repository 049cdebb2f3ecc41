package io.oxbow.jobs;

import io.oxbow.encode.Encoder;
import io.oxbow.encode.audio.LogMelEncoder;
import io.oxbow.encode.objects.ObjectEncoder;
import io.oxbow.flink.OxbowOptions;
import io.oxbow.kafka.EventTypes;
import io.oxbow.kafka.ForeignInputs;
import io.oxbow.kafka.KafkaOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.configuration.Configuration;

/**
 * How many floats the vectors of a job have, where nobody said it and the job's own encoders know:
 * when it reads sounds, or detected objects, and nothing else, or its pictures are encoded by a
 * model of one's own.
 */
final class InputWidth {
    private static final Map<String, Integer> WIDTHS =
            Map.of(
                    EventTypes.AUDIO.name(),
                    LogMelEncoder.DIM,
                    ForeignInputs.DEEPSTREAM,
                    ObjectEncoder.DIM);

    private InputWidth() {}

    /**
     * The same options, with the width if it is known.
     *
     * @param own encoder around an image model, if there is one
     */
    static Configuration fill(Configuration options, Optional<? extends Encoder> own) {
        List<String> inputs = new ArrayList<>(options.get(KafkaOptions.INPUTS));
        inputs.remove(EventTypes.QUERY.name());
        inputs.remove(EventTypes.MODEL_UPDATE.name());
        boolean said = options.getOptional(OxbowOptions.MODEL_INPUT_DIM).isPresent();
        Integer width = inputs.size() == 1 ? WIDTHS.get(inputs.get(0)) : null;
        if (said || (width == null && own.isEmpty())) {
            return options;
        }
        Configuration filled = new Configuration(options);
        filled.set(OxbowOptions.MODEL_INPUT_DIM, width != null ? width : own.get().dim());
        return filled;
    }
}
