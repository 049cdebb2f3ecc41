package io.oxbow.jobs.encoding;

import io.oxbow.encode.image.ImageModel;
import io.oxbow.encode.image.ImageModelEncoder;
import io.oxbow.encode.image.ImageModelException;
import io.oxbow.encode.image.ImageModels;
import io.oxbow.encode.video.FrameEncoder;
import io.oxbow.encode.video.LumaMotionEncoder;
import io.oxbow.jobs.EncoderOptions;
import io.oxbow.jobs.cli.UserMistake;
import java.util.Optional;
import org.apache.flink.configuration.ReadableConfig;

/**
 * Makes the encoders of pictures that the options ask for: LumaMotion-64, or one around an image
 * model, which is loaded once for all of them. Its encoders are of no use once it is closed.
 */
public final class FrameEncoders implements AutoCloseable {
    private final FrameEncoderSettings settings;
    private final ImageModel model;
    private final String sha256;
    private final int dim;

    private FrameEncoders(FrameEncoderSettings settings, ImageModel model, String sha256, int dim) {
        this.settings = settings;
        this.model = model;
        this.sha256 = sha256;
        this.dim = dim;
    }

    /**
     * Loads what the options name.
     *
     * @throws UserMistake if the model is not there, not the one meant, or cannot be run here
     */
    public static FrameEncoders of(ReadableConfig options) {
        return of(FrameEncoderSettings.of(options));
    }

    /** As {@link #of(ReadableConfig)}. */
    static FrameEncoders of(FrameEncoderSettings settings) {
        if (settings.model().isEmpty()) {
            return new FrameEncoders(settings, null, "", LumaMotionEncoder.DIM);
        }
        try (ModelFile file = ModelFile.of(settings.model())) {
            String found = file.sha256();
            if (!settings.sha256().isEmpty() && !settings.sha256().equals(found)) {
                throw new UserMistake(
                        "'%s' has the SHA-256 %s, not %s: fetch the file again, or set %s to what it is"
                                .formatted(
                                        settings.model(),
                                        found,
                                        settings.sha256(),
                                        EncoderOptions.SHA256.key()));
            }
            ImageModel model = ImageModels.load(file.path(), settings.image());
            try {
                int dim = new ImageModelEncoder(model, found, settings.image()).dim();
                return new FrameEncoders(settings, model, found, dim);
            } catch (ImageModelException e) {
                model.close();
                throw e;
            }
        } catch (ImageModelException e) {
            throw new UserMistake(e.getMessage(), e);
        }
    }

    /** Values that they make of a picture. */
    public int dim() {
        return dim;
    }

    /** An encoder for one stream. */
    public FrameEncoder create() {
        return model == null
                ? new LumaMotionEncoder()
                : new ImageModelEncoder(model, sha256, settings.image());
    }

    /** An encoder around the model that the options name; empty if they name none. */
    public Optional<FrameEncoder> named() {
        return model == null ? Optional.empty() : Optional.of(create());
    }

    @Override
    public void close() {
        if (model != null) {
            model.close();
        }
    }
}
