package io.oxbow.bench;

import io.oxbow.jobs.cli.UserMistake;
import java.util.List;
import picocli.CommandLine;

/** Fills an object's picocli fields from the arguments behind a measurement's name. */
public final class BenchmarkOptions {

    private BenchmarkOptions() {}

    /**
     * @param options annotated with picocli's {@code @Command} and {@code @Option}
     * @return {@code options}
     * @throws UserMistake if an argument makes no sense
     */
    public static <T> T parse(T options, List<String> arguments) {
        CommandLine line = new CommandLine(options);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setAbbreviatedOptionsAllowed(false);
        try {
            line.parseArgs(arguments.toArray(String[]::new));
        } catch (CommandLine.ParameterException e) {
            throw new UserMistake("bench " + line.getCommandName() + ": " + e.getMessage(), e);
        }
        return options;
    }

    /**
     * @throws UserMistake if {@code value} is not positive
     */
    public static void requirePositive(String option, double value) {
        if (!(value > 0)) {
            throw new UserMistake(option + " must be positive, not " + value);
        }
    }
}
