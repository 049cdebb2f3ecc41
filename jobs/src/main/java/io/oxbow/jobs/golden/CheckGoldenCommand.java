package io.oxbow.jobs.golden;

import io.oxbow.compute.BackendSelector;
import io.oxbow.compute.ComputeBackend;
import io.oxbow.compute.KernelException;
import io.oxbow.jobs.cli.OutputOptions;
import io.oxbow.jobs.cli.UserMistake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Compares models with reference data, case by case. Exit status 1 if any differs. */
@Command(
        name = "check-golden",
        description = "Compare models with reference data, also after a restore in the middle.")
public final class CheckGoldenCommand implements Callable<Integer> {
    @Mixin private OutputOptions output;

    @Parameters(paramLabel = "DIR", description = "Folder with configs, weights and references.")
    private Path directory;

    @Option(
            names = "--backend",
            paramLabel = "NAME",
            description = "Compute backend to run on, or auto (default: ${DEFAULT-VALUE}).",
            defaultValue = "scalar")
    private String backendName;

    @Override
    public Integer call() throws IOException {
        if (!Files.isDirectory(directory)) {
            throw new UserMistake("there is no folder '" + directory + "'");
        }
        ComputeBackend backend = backend();
        List<GoldenCase> cases = GoldenFolder.cases(directory.toAbsolutePath().normalize());
        if (cases.isEmpty()) {
            throw new UserMistake("there is no reference data under '" + directory + "'");
        }
        int failures = 0;
        for (GoldenCase golden : cases) {
            GoldenResult result = golden.run(backend);
            failures += result.ok() ? 0 : 1;
            output.result(result, result.text());
        }
        output.note(cases.size() + " cases on " + backend.name() + ", " + failures + " failed");
        return failures == 0 ? 0 : 1;
    }

    private ComputeBackend backend() {
        try {
            return BackendSelector.load(getClass().getClassLoader()).select(backendName).backend();
        } catch (KernelException e) {
            throw new UserMistake(e.getMessage(), e);
        }
    }
}
