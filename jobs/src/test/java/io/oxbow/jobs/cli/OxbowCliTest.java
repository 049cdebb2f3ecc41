package io.oxbow.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.oxbow.arch.ModelException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.JobID;
import org.apache.flink.runtime.client.JobExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

class OxbowCliTest {
    private final StringWriter err = new StringWriter();
    private final StringWriter out = new StringWriter();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "devices --jsn | oxbow devices: unknown option '--jsn', did you mean '--json'?; see",
                "devics | oxbow: unknown command 'devics', did you mean 'devices'?; see",
                "devices here | oxbow devices: unexpected argument 'here'; see",
                "demo --web-port -5 | oxbow demo: --web-port must lie between 0 and 65535, not -5",
                "run --broker localhost:1 --web-port 70000 | oxbow run: --web-port must lie",
                "run --broker localhost:1 --parallelism 0 | oxbow run: --parallelism must be at",
                "bench --nothing | oxbow bench: '--nothing' is no option of the list of measurements",
                "bench nothing | oxbow bench: there is no measurement 'nothing' here",
                "demo --port 99999 | oxbow demo: the page's port must lie between 1 and 65535, not 99999",
                "devices --json --json | oxbow devices: option '--json' is given twice; see",
            })
    void tellsAMistakeInOneSentenceThatNamesIt(String arguments, String sentence) {
        assertThat(execute(arguments.split(" "))).isEqualTo(2);
        assertThat(err.toString()).startsWith(sentence).hasLineCount(1);
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void aFileThatIsInTheWayIsMoreThanItsName() {
        assertThat(OxbowCli.sentence(new NoSuchFileException("a/b")))
                .isEqualTo("there is no 'a/b'");
        assertThat(OxbowCli.sentence(new AccessDeniedException("a/b")))
                .isEqualTo("'a/b' may not be read or written by this user");
        assertThat(OxbowCli.sentence(new FileSystemException("a/b", null, "No space left")))
                .isEqualTo("a/b: No space left");
    }

    @Test
    void aModelThatCannotBeLoadedIsAMistakeAlsoWhenAJobFindsOut() {
        ModelException missing = new ModelException("there is no model 'm'");
        Throwable failure = new JobExecutionException(new JobID(), "failed", missing);

        assertThat(OxbowCli.isMistake(failure)).isTrue();
        assertThat(OxbowCli.sentence(failure)).isEqualTo("there is no model 'm'");
        assertThat(OxbowCli.isMistake(new IllegalStateException(missing))).isFalse();
    }

    @Test
    void aMissingCommandIsAMistake() {
        assertThat(execute()).isEqualTo(2);
        assertThat(err.toString()).contains("a command is missing").hasLineCount(1);
    }

    private void assertHelp(CommandLine command) {
        String name = command.getCommandSpec().qualifiedName();
        for (String help : List.of("--help", "-h")) {
            String[] arguments = (name + " " + help).substring("oxbow ".length()).split(" ");
            assertThat(execute(arguments)).as(name).isZero();
            assertThat(out.toString()).contains("Usage: " + name + " ");
        }
        command.getSubcommands().values().forEach(this::assertHelp);
    }

    @Test
    void noPatienceIsADurationForASwap() {
        ParseResult parsed =
                OxbowCli.commandLine().parseArgs("model", "swap", "memory", "--timeout", "0s");

        Duration timeout =
                parsed.subcommand().subcommand().matchedOptionValue("--timeout", (Duration) null);
        assertThat(timeout).isZero();
    }

    @Test
    void helpOfEveryCommandDescribesIt() {
        assertHelp(OxbowCli.commandLine());
    }

    private int execute(String... arguments) {
        CommandLine line = OxbowCli.commandLine();
        line.setErr(new PrintWriter(err, true));
        line.setOut(new PrintWriter(out, true));
        return line.execute(arguments);
    }
}
