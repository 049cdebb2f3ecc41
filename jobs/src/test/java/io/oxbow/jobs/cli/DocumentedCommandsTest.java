package io.oxbow.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.oxbow.jobs.process.ProjectFiles;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Every command that the documents name is one, with those options. */
class DocumentedCommandsTest {
    private static final Pattern COMMAND = Pattern.compile("\\./oxbow ([a-z][^`#\n|&]*)");
    private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");

    @Test
    void theDocumentsCommandsAreUnderstood() throws IOException {
        List<Path> documents = new ArrayList<>(List.of(ProjectFiles.named("README.md")));
        try (DirectoryStream<Path> folder =
                Files.newDirectoryStream(ProjectFiles.named("docs"), "*.md")) {
            folder.forEach(documents::add);
        }
        int commands = 0;
        for (Path document : documents) {
            // A command may go on in the next line.
            String text = Files.readString(document).replaceAll("\\\\\n *", "");
            Matcher found = COMMAND.matcher(text);
            while (found.find()) {
                String[] words = words(found.group(1));
                assertThatCode(() -> OxbowCli.commandLine().parseArgs(words))
                        .as("%s: %s", document.getFileName(), found.group())
                        .doesNotThrowAnyException();
                commands++;
            }
        }
        assertThat(commands).isGreaterThan(50);
    }

    private static String[] words(String command) {
        return WORD.matcher(command)
                .results()
                .map(word -> word.group(1) == null ? word.group(2) : word.group(1))
                .toArray(String[]::new);
    }
}
