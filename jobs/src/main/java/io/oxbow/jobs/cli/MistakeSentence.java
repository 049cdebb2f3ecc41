package io.oxbow.jobs.cli;

import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says in one sentence what was wrong with a command line, and how to mend it. */
final class MistakeSentence {
    private MistakeSentence() {}

    static String of(ParameterException mistake) {
        String command = mistake.getCommandLine().getCommandSpec().qualifiedName();
        return command + ": " + what(mistake) + "; see '" + command + " --help'.";
    }

    private static String what(ParameterException mistake) {
        if (mistake instanceof UnmatchedArgumentException unmatched) {
            return unmatched(unmatched);
        }
        if (mistake instanceof MissingParameterException missing
                && !missing.getMissing().isEmpty()) {
            return "missing "
                    + missing.getMissing().stream()
                            .map(MistakeSentence::label)
                            .collect(Collectors.joining(" and "));
        }
        if (mistake instanceof OverwrittenOptionException twice) {
            return "option '" + label(twice.getOverwritten()) + "' is given twice";
        }
        String message = mistake.getMessage() == null ? "" : mistake.getMessage().strip();
        String first = message.lines().findFirst().orElse("the arguments make no sense together");
        return first.endsWith(".") ? first.substring(0, first.length() - 1) : first;
    }

    private static String unmatched(UnmatchedArgumentException unmatched) {
        String wrong = unmatched.getUnmatched().get(0);
        String kind;
        if (unmatched.isUnknownOption()) {
            kind = "unknown option '";
        } else if (unmatched.getCommandLine().getSubcommands().isEmpty()) {
            kind = "unexpected argument '";
        } else {
            kind = "unknown command '";
        }
        List<String> suggestions = unmatched.getSuggestions();
        return kind
                + wrong
                + "'"
                + (suggestions.isEmpty() ? "" : ", did you mean '" + suggestions.get(0) + "'?");
    }

    private static String label(ArgSpec argument) {
        if (argument instanceof OptionSpec option) {
            return option.longestName();
        }
        return argument.paramLabel();
    }
}
