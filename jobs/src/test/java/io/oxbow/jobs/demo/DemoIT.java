package io.oxbow.jobs.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.oxbow.jobs.cli.OutputOptions;
import io.oxbow.jobs.local.StopSignal;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class DemoIT {
    private static final int CAMERAS = 3;

    private String printed;

    @Test
    @Timeout(180)
    void itsFiguresAreTheSumOfWhatItPrints() throws Exception {
        DemoTotals totals = totals(false);

        assertThat(totals.streams()).isEqualTo(CAMERAS);
        assertThat(totals.events() % CAMERAS).as("pictures are sent in rounds").isZero();
    }

    @Test
    @Timeout(180)
    void camerasAMicrophoneAndASensorShareOneJob() throws Exception {
        DemoTotals totals = totals(true);

        assertThat(totals.streams()).isEqualTo(CAMERAS + 2);
        assertThat(printed).contains("microphone").contains("plant");
    }

    private DemoTotals totals(boolean allKinds) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream out = System.out;
        System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        DemoTotals totals;
        try (StopSignal stop = StopSignal.listen()) {
            OutputOptions output = new OutputOptions();
            totals = new Demo(settings(allKinds), new DemoConsole(output, false)).run(stop);
        } finally {
            System.setOut(out);
        }
        printed = bytes.toString(StandardCharsets.UTF_8);
        String text = printed;
        long alerts = text.lines().filter(line -> line.matches("\\S+  (ALERT|over )  .*")).count();

        assertThat(totals.events()).isPositive();
        assertThat(totals.checkpoints()).isPositive();
        assertThat(totals.deadLetters()).isZero();
        assertThat(totals.anomalies()).isEqualTo(alerts);
        assertThat(totals.summaries()).isEqualTo(text.lines().count() - alerts);
        return totals;
    }

    private static DemoSettings settings(boolean allKinds) {
        return new DemoSettings(
                CAMERAS,
                allKinds,
                Optional.empty(),
                PlaybackRate.REAL,
                Optional.of(Duration.ofSeconds(10)),
                1,
                0,
                Optional.empty(),
                new Configuration());
    }
}
