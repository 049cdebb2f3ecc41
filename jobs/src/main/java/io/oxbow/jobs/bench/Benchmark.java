package io.oxbow.jobs.bench;

import io.oxbow.jobs.cli.OutputOptions;
import java.util.List;

/**
 * A measurement that {@code oxbow bench NAME} runs. Found through {@link java.util.ServiceLoader},
 * so that the measurements may live in a module that depends on this one.
 */
public interface Benchmark {

    /** The name on the command line, for example {@code kernels}. */
    String name();

    /** What it measures and its options, for {@code oxbow bench}. One line. */
    String description();

    /**
     * Measures and prints one result a case.
     *
     * @param arguments what followed the name on the command line
     * @throws io.oxbow.jobs.cli.UserMistake if an argument makes no sense
     */
    void run(List<String> arguments, OutputOptions output) throws Exception;
}
