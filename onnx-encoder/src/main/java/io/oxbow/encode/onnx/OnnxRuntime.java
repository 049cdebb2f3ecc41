package io.oxbow.encode.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import io.oxbow.encode.image.ImageModel;
import io.oxbow.encode.image.ImageModelException;
import io.oxbow.encode.image.ImageModelRuntime;
import io.oxbow.encode.image.ImageModelSettings;
import java.nio.file.Path;

/** ONNX Runtime, on the processor: one run gives the same bits whenever it is made. */
public final class OnnxRuntime implements ImageModelRuntime {

    @Override
    public String suffix() {
        return ".onnx";
    }

    @Override
    public ImageModel load(Path file, ImageModelSettings settings) {
        OrtEnvironment environment = environment();
        OrtSession session = session(environment, file, settings.threads());
        try {
            return OnnxImageModel.of(file.toString(), environment, session, settings);
        } catch (ImageModelException e) {
            close(session);
            throw e;
        }
    }

    /** Loads the native library, which there is not for every machine. */
    private static OrtEnvironment environment() {
        try {
            return OrtEnvironment.getEnvironment();
        } catch (LinkageError | IllegalStateException e) {
            throw new ImageModelException(
                    ("ONNX Runtime has no native library that works on this machine (%s, %s): encode"
                                    + " on Linux or macOS with x86-64 or ARM64, or on Windows with"
                                    + " x86-64, or leave oxbow.encoder.model unset")
                            .formatted(
                                    System.getProperty("os.name"), System.getProperty("os.arch")),
                    e);
        }
    }

    private static OrtSession session(OrtEnvironment environment, Path file, int threads) {
        try (SessionOptions options = new SessionOptions()) {
            options.setIntraOpNumThreads(threads);
            options.setInterOpNumThreads(1);
            options.setDeterministicCompute(true);
            // What fails is said by an exception; nobody need read it twice.
            options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
            return environment.createSession(file.toString(), options);
        } catch (OrtException e) {
            throw new ImageModelException(
                    "'%s' is no ONNX model that ONNX Runtime %s can run, export it anew: %s"
                            .formatted(file, environment.getVersion(), reason(e)),
                    e);
        }
    }

    static void close(OrtSession session) {
        try {
            session.close();
        } catch (OrtException e) {
            throw new ImageModelException("a model could not be closed: " + reason(e), e);
        }
    }

    /** The first line of what ONNX Runtime says. */
    static String reason(OrtException failure) {
        return String.valueOf(failure.getMessage())
                .strip()
                .lines()
                .findFirst()
                .orElse("it did not say why");
    }
}
