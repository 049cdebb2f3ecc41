package io.oxbow.flink;

import static org.assertj.core.api.Assertions.assertThat;

import io.oxbow.flink.summary.SummaryOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The documentation's table of options is the one the options make. */
class OptionsTableTest {
    private static final String BEGIN = "<!-- options of the operators: generated -->\n";
    private static final String END = "<!-- end of the options of the operators -->\n";

    @Test
    void theDocumentedTableIsTheGeneratedOne() throws IOException {
        Path document = document();
        String text = Files.readString(document);
        String generated = OptionsTable.markdown(OxbowOptions.class, SummaryOptions.class);
        int from = text.indexOf(BEGIN) + BEGIN.length();
        int to = text.indexOf(END);
        assertThat(text).as(document.toString()).contains(BEGIN, END);
        if (Boolean.getBoolean("oxbow.docs.write")) {
            text = text.substring(0, from) + generated + text.substring(to);
            Files.writeString(document, text);
            to = text.indexOf(END);
        }
        assertThat(text.substring(from, to))
                .as("run this test with -Doxbow.docs.write=true to write the table anew")
                .isEqualTo(generated);
    }

    @Test
    void everyOptionIsDescribedUnderOxbowsPrefix() {
        assertThat(
                        OptionsTable.markdown(OxbowOptions.class, SummaryOptions.class)
                                .lines()
                                .skip(2)
                                .toList())
                .isNotEmpty()
                .allMatch(row -> row.matches("\\| `oxbow(\\.[a-z0-9-]+)+` \\|.{40,}\\|"));
    }

    private static Path document() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("docs/options.md"))) {
            folder = folder.getParent();
            assertThat(folder).as("a folder with docs/options.md").isNotNull();
        }
        return folder.resolve("docs/options.md");
    }
}
