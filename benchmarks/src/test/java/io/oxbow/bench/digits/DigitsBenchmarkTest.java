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
            accuracy.put(line.features() + " " + line.hearing(), line.accuracy());
        }

        assertThat(accuracy.get("hippo-legs full"))
                .isGreaterThan(accuracy.get("baseline full") + 0.08);
        assertThat(accuracy.get("hippo-legs half-samples"))
                .isGreaterThan(accuracy.get("baseline half-samples") + 0.04);
        for (String features : List.of("hippo-legs", "hippo-legt", "s4d-lin")) {
            assertThat(accuracy.get(features + " full")).isGreaterThan(0.4);
            assertThat(accuracy.get(features + " half-frames"))
                    .isCloseTo(accuracy.get(features + " full"), Offset.offset(0.06));
            assertThat(accuracy.get(features + " half-samples"))
                    .isCloseTo(accuracy.get(features + " low-bands"), Offset.offset(0.03));
        }
        for (String features : List.of("hippo-legt", "s4d-lin")) {
            assertThat(accuracy.get(features + " half-frames-untimed"))
                    .isLessThan(accuracy.get(features + " half-frames") - 0.1);
        }
    }

    /** A tone that a slower recorder hears stays, one that it cannot hear is gone. */
    @Test
    void halfTheSampleRateLeavesTheLowerHalfOfTheBand() {
        for (double hertz : new double[] {300, 1780, 2200, 3500}) {
            float[] tone = new float[4000];
            for (int i = 0; i < tone.length; i++) {
                tone[i] = (float) Math.sin(2 * Math.PI * hertz * i / 8000);
            }
            float[] heard = HalfSampleRate.heard(tone);
            double worst = 0;
            for (int i = 1000; i < 3000; i++) {
                worst = Math.max(worst, Math.abs(heard[i] - (hertz < 1800 ? tone[i] : 0)));
            }
            assertThat(worst).as("%s Hz", hertz).isLessThan(0.01);
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
