package io.oxbow.jobs.cli;

import io.oxbow.arch.ModelException;
import io.oxbow.ingest.SourceException;
import io.oxbow.jobs.ask.AskCommand;
import io.oxbow.jobs.bench.BenchCommand;
import io.oxbow.jobs.console.ConsoleCommand;
import io.oxbow.jobs.demo.DemoCommand;
import io.oxbow.jobs.detect.DetectCommand;
import io.oxbow.jobs.devices.DevicesCommand;
import io.oxbow.jobs.golden.CheckGoldenCommand;
import io.oxbow.jobs.golden.ModelCommand;
import io.oxbow.jobs.ingest.EncodeCommand;
import io.oxbow.jobs.ingest.IngestCommand;
import io.oxbow.jobs.ingest.TamperCommand;
import io.oxbow.jobs.run.RunCommand;
import io.oxbow.kafka.BrokerException;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * The root of the command line. Exit status: 0 for success, 1 for a failure, 2 for a user's
 * mistake, which is told in one sentence on stderr.
 */
@Command(
        name = "oxbow",
        description = "Gives every stream a memory.",
        mixinStandardHelpOptions = true,
        versionProvider = OxbowCli.Version.class,
        scope = CommandLine.ScopeType.INHERIT,
        subcommands = {
            DemoCommand.class,
            RunCommand.class,
            AskCommand.class,
            ConsoleCommand.class,
            DetectCommand.class,
            IngestCommand.class,
            EncodeCommand.class,
            TamperCommand.class,
            CheckGoldenCommand.class,
            ModelCommand.class,
            DevicesCommand.class,
            BenchCommand.class
        })
public final class OxbowCli implements Runnable {
    @Spec private CommandSpec spec;

    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    /** The whole command line, ready to parse; made anew for every use. */
    static CommandLine commandLine() {
        CommandLine line = new CommandLine(new OxbowCli());
        line.setParameterExceptionHandler(
                (mistake, arguments) -> {
                    PrintWriter err = mistake.getCommandLine().getErr();
                    err.println(MistakeSentence.of(mistake));
                    return CommandLine.ExitCode.USAGE;
                });
        line.setExecutionExceptionHandler(
                (failure, command, parsed) -> {
                    PrintWriter err = command.getErr();
                    String name = command.getCommandSpec().qualifiedName();
                    err.println(name + ": " + sentence(failure));
                    if (verbose(command)) {
                        failure.printStackTrace(err);
                    }
                    return isMistake(failure)
                            ? CommandLine.ExitCode.USAGE
                            : CommandLine.ExitCode.SOFTWARE;
                });
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setAbbreviatedOptionsAllowed(false);
        return line;
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(
                spec.commandLine(),
                "a command is missing, one of " + String.join(", ", spec.subcommands().keySet()));
    }

    /** Whether the user can mend it by asking differently. */
    static boolean isMistake(Throwable failure) {
        return failure instanceof UserMistake
                || failure instanceof SourceException
                || failure instanceof BrokerException
                || cause(failure) instanceof ModelException;
    }

    private static boolean isWrapper(Throwable failure) {
        String name = failure.getClass().getName();
        return name.startsWith("org.apache.flink.") || name.startsWith("java.util.concurrent.");
    }

    private static boolean verbose(CommandLine command) {
        return command.getCommandSpec().mixins().values().stream()
                .map(CommandSpec::userObject)
                .anyMatch(mixin -> mixin instanceof OutputOptions options && options.isVerbose());
    }

    /** The cause inside Flink's and Java's wrappers, which only say that a job failed. */
    private static Throwable cause(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null && isWrapper(cause)) {
            cause = cause.getCause();
        }
        return cause;
    }

    static String sentence(Throwable failure) {
        Throwable cause = cause(failure);
        if (cause instanceof FileSystemException file && file.getReason() == null) {
            return aboutFile(file);
        }
        String message = cause.getMessage();
        if (message == null || message.isBlank()) {
            return cause.getClass().getSimpleName();
        }
        return message.strip();
    }

    /** Java's own message is the bare path. */
    private static String aboutFile(FileSystemException failure) {
        String file = "'" + failure.getFile() + "'";
        if (failure instanceof NoSuchFileException) {
            return "there is no " + file;
        } else if (failure instanceof AccessDeniedException) {
            return file + " may not be read or written by this user";
        }
        return file + ": " + failure.getClass().getSimpleName();
    }

    /** Oxbow's version and the platform's, from the jar's manifest. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = OxbowCli.class.getPackage().getImplementationVersion();
            return new String[] {
                "oxbow "
                        + (version == null ? "from classes" : version)
                        + ", Java "
                        + Runtime.version()
            };
        }
    }
}
