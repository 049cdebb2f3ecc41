package io.oxbow.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.oxbow.encode.audio.LogMelEncoder;
import io.oxbow.encode.objects.ObjectEncoder;
import io.oxbow.encode.sensor.SensorEncoder;
import io.oxbow.flink.OxbowOptions;
import io.oxbow.kafka.KafkaOptions;
import java.util.List;
import java.util.Optional;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;

class InputWidthTest {

    private static int width(String... inputs) {
        Configuration options = new Configuration();
        options.set(KafkaOptions.INPUTS, List.of(inputs));
        return InputWidth.fill(options, Optional.empty()).get(OxbowOptions.MODEL_INPUT_DIM);
    }

    @Test
    void soundsAloneAreAsWideAsTheirEncoderMakesThem() {
        assertThat(width("audio", "queries")).isEqualTo(LogMelEncoder.DIM);
        assertThat(width("audio")).isEqualTo(LogMelEncoder.DIM);
        assertThat(width("deepstream", "queries")).isEqualTo(ObjectEncoder.DIM);
        assertThat(width("audio", "frames", "queries")).isEqualTo(64);
        assertThat(width("features", "sensors", "queries")).isEqualTo(64);
    }

    @Test
    void picturesAreAsWideAsTheModelOfOnesOwnMakesThem() {
        Configuration options = new Configuration();

        int width =
                InputWidth.fill(options, Optional.of(new SensorEncoder(9)))
                        .get(OxbowOptions.MODEL_INPUT_DIM);

        assertThat(width).isEqualTo(new SensorEncoder(9).dim()).isNotEqualTo(64);
    }

    @Test
    void whatWasSaidStands() {
        Configuration options = new Configuration();
        options.set(KafkaOptions.INPUTS, List.of("audio", "queries"));
        options.set(OxbowOptions.MODEL_INPUT_DIM, 50);

        assertThat(InputWidth.fill(options, Optional.empty())).isSameAs(options);
    }
}
