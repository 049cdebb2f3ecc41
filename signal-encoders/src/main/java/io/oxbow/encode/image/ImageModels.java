package io.oxbow.encode.image;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/** Finds the runtime that reads a model's file. */
public final class ImageModels {
    private ImageModels() {}

    /**
     * Loads a model; the caller closes it.
     *
     * @throws ImageModelException if no runtime here reads such files, or it cannot run the model
     */
    public static ImageModel load(Path file, ImageModelSettings settings) {
        List<String> known = new ArrayList<>();
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        for (ImageModelRuntime runtime : runtimes(known)) {
            if (name.endsWith(runtime.suffix())) {
                return runtime.load(file, settings);
            }
            known.add(runtime.suffix());
        }
        throw new ImageModelException(
                "nothing here runs the model '"
                        + file
                        + "' ("
                        + (known.isEmpty() ? "no runtime was built in" : "known: " + known)
                        + "): for an .onnx file set OXBOW_ONNX=1 for ./oxbow, or build with the"
                        + " Maven profile onnx");
    }

    /** A provider that cannot even be loaded is remembered with its reason. */
    private static List<ImageModelRuntime> runtimes(List<String> unloadable) {
        List<ImageModelRuntime> runtimes = new ArrayList<>();
        ClassLoader loader = ImageModels.class.getClassLoader();
        var providers = ServiceLoader.load(ImageModelRuntime.class, loader).iterator();
        while (true) {
            try {
                if (!providers.hasNext()) {
                    return runtimes;
                }
                runtimes.add(providers.next());
            } catch (ServiceConfigurationError | LinkageError e) {
                unloadable.add(e.toString());
            }
        }
    }
}
