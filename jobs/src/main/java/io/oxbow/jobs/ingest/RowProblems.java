package io.oxbow.jobs.ingest;

import io.oxbow.ingest.csv.CsvProblem;
import io.oxbow.jobs.cli.OutputOptions;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Names the first damaged rows of a file on stderr, and counts the others. One thread. */
public final class RowProblems implements Consumer<CsvProblem> {
    private static final int SHOWN = 10;

    private final OutputOptions output;
    private final Path file;
    private int problems;

    public RowProblems(OutputOptions output, Path file) {
        this.output = output;
        this.file = file;
    }

    @Override
    public void accept(CsvProblem problem) {
        if (problems++ < SHOWN) {
            output.note("%s line %d: %s.".formatted(file, problem.line(), problem.text()));
        }
    }

    /** Says how many were not named, if there are any; to be called after the last row. */
    public void tellOthers() {
        if (problems > SHOWN) {
            output.note("... and %d more such rows.".formatted(problems - SHOWN));
        }
    }
}
