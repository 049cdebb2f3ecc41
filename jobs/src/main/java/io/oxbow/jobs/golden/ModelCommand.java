package io.oxbow.jobs.golden;

import io.oxbow.arch.LoadedModel;
import io.oxbow.arch.ModelException;
import io.oxbow.arch.ModelFiles;
import io.oxbow.jobs.cli.OutputOptions;
import io.oxbow.jobs.cli.UserMistake;
import io.oxbow.jobs.model.ModelSwapCommand;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Commands about a model. */
@Command(
        name = "model",
        description = "Look into a model, or have a running job go over to another.",
        subcommands = {ModelCommand.InspectCommand.class, ModelSwapCommand.class})
public final class ModelCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
        throw new CommandLine.ParameterException(
                spec.commandLine(),
                "a command is missing, one of " + String.join(", ", spec.subcommands().keySet()));
    }

    /** Tells what a model is, what it costs and what of its files it does not use. */
    @Command(
            name = "inspect",
            description = "Architecture, sizes, state and cost of a model; what was refused.")
    static final class InspectCommand implements Callable<Integer> {
        @Mixin private OutputOptions output;

        @Parameters(
                paramLabel = "PATH",
                description =
                        "Directory with config.json and safetensors, a safetensors file, or the"
                                + " word memory.")
        private String reference;

        @Option(
                names = "--option",
                paramLabel = "NAME=VALUE",
                description =
                        "A config field to replace, in kebab-case, for example input=tokens or"
                                + " time-mode=event-time. May be given many times.")
        private Map<String, String> options = new LinkedHashMap<>();

        @Override
        public Integer call() {
            try {
                LoadedModel loaded = LoadedModel.load(reference, ModelFiles.local(), options);
                ModelDescription description = ModelDescription.of(loaded);
                output.result(description, description.text());
                return 0;
            } catch (ModelException e) {
                ModelRefusal refusal = new ModelRefusal(reference, e.getMessage());
                output.jsonOnly(refusal);
                throw new UserMistake(e.getMessage(), e);
            }
        }
    }

    /**
     * A model that cannot be used.
     *
     * @param refused one sentence that says why
     */
    record ModelRefusal(String model, String refused) {}
}
