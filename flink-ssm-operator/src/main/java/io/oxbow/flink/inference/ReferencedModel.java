package io.oxbow.flink.inference;

import io.oxbow.arch.Architectures;
import io.oxbow.arch.ModelException;
import io.oxbow.arch.memory.MemoryConfig;
import io.oxbow.arch.memory.MemoryModel;
import io.oxbow.flink.OxbowOptions;
import io.oxbow.flink.event.ModelUpdate;
import io.oxbow.model.SsmModel;
import io.oxbow.plan.WeightFormat;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import org.apache.flink.configuration.ReadableConfig;

/** The model that the options name. */
final class ReferencedModel implements ModelSource, OfferedModels {
    private static final long serialVersionUID = 1L;

    private final String reference;
    private final String sha256;
    private final int inputDim;
    private final int horizon;
    private final WeightFormat weights;

    /**
     * @param sha256 of the weights file, or null not to compare it
     * @param inputDim channels of a built-in model
     * @param horizon events that a built-in model forecasts
     * @param weights how projections keep theirs
     */
    private ReferencedModel(
            String reference, String sha256, int inputDim, int horizon, WeightFormat weights) {
        this.reference = reference;
        this.sha256 = sha256;
        this.inputDim = inputDim;
        this.horizon = horizon;
        this.weights = weights;
    }

    /**
     * @throws IllegalArgumentException if an option's value makes no sense; the message names it
     */
    static ReferencedModel of(ReadableConfig options) {
        String sha256 =
                options.getOptional(OxbowOptions.MODEL_SHA256)
                        .map(digits -> digits.toLowerCase(Locale.ROOT))
                        .orElse(null);
        if (sha256 != null && !isDigest(sha256)) {
            throw new IllegalArgumentException(
                    OxbowOptions.MODEL_SHA256.key()
                            + " is '"
                            + sha256
                            + "'; it must be 64 hexadecimal digits");
        }
        int inputDim = options.get(OxbowOptions.MODEL_INPUT_DIM);
        if (inputDim < 1) {
            throw new IllegalArgumentException(
                    OxbowOptions.MODEL_INPUT_DIM.key()
                            + " is "
                            + inputDim
                            + "; it must be at least 1");
        }
        int horizon = options.get(OxbowOptions.MODEL_HORIZON);
        if (horizon < 0 || horizon > MemoryConfig.Ahead.MOST) {
            throw new IllegalArgumentException(
                    OxbowOptions.MODEL_HORIZON.key()
                            + " is "
                            + horizon
                            + "; it must be from 0 to "
                            + MemoryConfig.Ahead.MOST);
        }
        return new ReferencedModel(
                options.get(OxbowOptions.MODEL_URI),
                sha256,
                inputDim,
                horizon,
                options.get(OxbowOptions.MODEL_WEIGHTS));
    }

    /** The model of an update, all else as these options say. */
    @Override
    public ModelSource of(ModelUpdate update) {
        String digest = update.sha256().toLowerCase(Locale.ROOT);
        if (digest.isEmpty()) {
            return new ReferencedModel(update.uri(), null, inputDim, horizon, weights);
        }
        if (!isDigest(digest)) {
            return () -> {
                throw new ModelException(
                        "its sha256 is '" + digest + "'; it must be 64 hexadecimal digits");
            };
        }
        return new ReferencedModel(update.uri(), digest, inputDim, horizon, weights);
    }

    private static boolean isDigest(String text) {
        return text.matches("[0-9a-f]{64}");
    }

    @Override
    public SsmModel load() throws IOException {
        if (reference.equals(MemoryModel.NAME)) {
            return MemoryModel.build(MemoryConfig.forChannels(inputDim, horizon));
        }
        if (sha256 == null) {
            return Architectures.load(reference, new FlinkModelFiles(), overrides());
        }
        return inspect().model();
    }

    /** Loads the model and says which digest its weights have. */
    InspectedModel inspect() throws IOException {
        if (reference.equals(MemoryModel.NAME)) {
            return new InspectedModel(load(), "");
        }
        VerifiedModelFiles files = new VerifiedModelFiles(new FlinkModelFiles(), sha256);
        SsmModel model = Architectures.load(reference, files, overrides());
        if (sha256 != null && !files.verified()) {
            throw new ModelException(
                    "model '"
                            + reference
                            + "' has no weights file to compare with "
                            + OxbowOptions.MODEL_SHA256.key());
        }
        return new InspectedModel(model, files.digest());
    }

    /** None for weights as they are, so that the model keeps its identity. */
    private Map<String, String> overrides() {
        return weights == WeightFormat.F32
                ? Map.of()
                : Map.of(Architectures.WEIGHTS_OPTION, weights.name().toLowerCase(Locale.ROOT));
    }
}
