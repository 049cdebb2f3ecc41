package io.oxbow.jobs.metric;

import static org.assertj.core.api.Assertions.assertThat;

import io.oxbow.flink.metric.OxbowMetric;
import io.oxbow.jobs.process.ProjectFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The documentation's table of metrics is the one the metrics make. */
class MetricsDocumentTest {
    private static final String BEGIN = "<!-- metrics: generated -->\n";
    private static final String END = "<!-- end of the metrics -->";

    @Test
    void theDocumentedTableIsTheGeneratedOne() throws IOException {
        Path document = ProjectFiles.named("docs/metrics.md");
        String text = Files.readString(document);
        assertThat(text).contains(BEGIN, END);
        int from = text.indexOf(BEGIN) + BEGIN.length();
        if (Boolean.getBoolean("oxbow.docs.write")) {
            text =
                    text.substring(0, from)
                            + OxbowMetric.markdown()
                            + text.substring(text.indexOf(END));
            Files.writeString(document, text);
        }
        assertThat(text.substring(from, text.indexOf(END)))
                .as("run this test with -Doxbow.docs.write=true to write the table anew")
                .isEqualTo(OxbowMetric.markdown());
    }
}
