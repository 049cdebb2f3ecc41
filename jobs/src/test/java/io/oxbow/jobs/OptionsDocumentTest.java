package io.oxbow.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.oxbow.flink.OptionsTable;
import io.oxbow.kafka.KafkaOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The documentation's tables of Kafka's and the job's options are the ones the options make. */
class OptionsDocumentTest {

    static Arguments[] sections() {
        return new Arguments[] {
            Arguments.of("Kafka", KafkaOptions.class),
            Arguments.of("the job", JobOptions.class),
            Arguments.of("the encoders", EncoderOptions.class)
        };
    }

    @ParameterizedTest
    @MethodSource("sections")
    void theDocumentedTableIsTheGeneratedOne(String name, Class<?> options) throws IOException {
        Path document = document();
        String text = Files.readString(document);
        String begin = "<!-- options of " + name + ": generated -->\n";
        String end = "<!-- end of the options of " + name + " -->";
        assertThat(text).as(document.toString()).contains(begin, end);
        String generated = OptionsTable.markdown(options);
        int from = text.indexOf(begin) + begin.length();
        if (Boolean.getBoolean("oxbow.docs.write")) {
            text = text.substring(0, from) + generated + text.substring(text.indexOf(end));
            Files.writeString(document, text);
        }
        assertThat(text.substring(from, text.indexOf(end)))
                .as("run this test with -Doxbow.docs.write=true to write the table anew")
                .isEqualTo(generated);
    }

    private static Path document() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("docs/options.md"))) {
            folder = folder.getParent();
        }
        return folder.resolve("docs/options.md");
    }
}
