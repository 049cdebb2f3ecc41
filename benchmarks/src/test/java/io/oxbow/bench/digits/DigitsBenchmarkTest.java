package io.oxbow.bench.digits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.oxbow.bench.digits.DigitsBenchmark.Recognition;
import io.oxbow.jobs.cli.OutputOptions;
import io.oxbow.jobs.cli.UserMistake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DigitsBenchmarkTest {

    @Test
    void frozenStatesRecogniseDigitsOfUnheardSpeakers() throws IOException {
        Map<String, Double> accuracy = new HashMap<>();
        for (Recognition line : DigitsBenchmark.measure(SpokenDigits.read(recordings()))) {
            System.out.println(line.text());
            accuracy.put(line.features() + " " + line.rate(), line.accuracy());
        }

        assertThat(accuracy.get("hippo-legs full"))
                .isGreaterThan(accuracy.get("baseline full") + 0.05);
        for (String features : List.of("hippo-legs", "hippo-legt", "s4d-lin")) {
            assertThat(accuracy.get(features + " full")).isGreaterThan(0.4);
            assertThat(accuracy.get(features + " half"))
                    .isCloseTo(accuracy.get(features + " full"), Offset.offset(0.06));
        }
        for (String features : List.of("hippo-legt", "s4d-lin")) {
            assertThat(accuracy.get(features + " half-untimed"))
                    .isLessThan(accuracy.get(features + " half") - 0.1);
        }
    }

    @Test
    void mistakesAreToldInASentence(@TempDir Path empty) throws IOException {
        DigitsBenchmark benchmark = new DigitsBenchmark();
        OutputOptions output = new OutputOptions();
        assertThatThrownBy(() -> benchmark.run(List.of(), output))
                .isInstanceOf(UserMistake.class)
                .hasMessageContaining("--data");
        assertThatThrownBy(() -> benchmark.run(List.of("--data", empty + "/none"), output))
                .isInstanceOf(UserMistake.class)
                .hasMessageContaining("there is no folder");
        assertThatThrownBy(() -> benchmark.run(List.of("--data", empty.toString()), output))
                .isInstanceOf(UserMistake.class)
                .hasMessageContaining("fewer than three speakers");
    }

    /** The recordings that lie beside the project on some machines. */
    private static Path recordings() {
        String name = "shared/data/audio/fsdd";
        Path at = Path.of("").toAbsolutePath();
        while (at != null && !Files.isDirectory(at.resolve(name))) {
            at = at.getParent();
        }
        if (at == null) {
            System.out.println("skipped: no ../" + name + " beside the project");
        }
        Assumptions.assumeTrue(at != null, "no ../" + name);
        return at.resolve(name);
    }
}
