package io.oxbow.compute;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/** Finds the backends on the class path and picks one. */
public final class BackendSelector {
    /** Asks for the best backend available. */
    public static final String AUTO = "auto";

    /**
     * The chosen backend.
     *
     * @param why one sentence for the log: which was chosen, and why the better ones were not
     */
    public record Selection(ComputeBackend backend, String why) {}

    private final List<ComputeBackend> backends;
    private final List<String> unloadable;

    private BackendSelector(List<ComputeBackend> backends, List<String> unloadable) {
        this.backends = backends;
        this.unloadable = unloadable;
    }

    /** Loads every provider; one that cannot even be loaded is remembered with its reason. */
    public static BackendSelector load(ClassLoader loader) {
        List<ComputeBackend> backends = new ArrayList<>();
        List<String> unloadable = new ArrayList<>();
        var providers = ServiceLoader.load(ComputeBackend.class, loader).iterator();
        while (true) {
            try {
                if (!providers.hasNext()) {
                    break;
                }
                backends.add(providers.next());
            } catch (ServiceConfigurationError | LinkageError e) {
                unloadable.add(e.toString());
            }
        }
        backends.sort(Comparator.comparingInt(ComputeBackend::preference).reversed());
        return new BackendSelector(List.copyOf(backends), List.copyOf(unloadable));
    }

    /** Best first. */
    public List<ComputeBackend> backends() {
        return backends;
    }

    /** Why some providers could not be loaded. */
    public List<String> unloadable() {
        return unloadable;
    }

    /**
     * @param name a backend's name, or {@link #AUTO}
     * @throws KernelException if no such backend exists or it is unavailable
     */
    public Selection select(String name) {
        return AUTO.equals(name) ? best() : named(name);
    }

    private Selection named(String name) {
        for (ComputeBackend backend : backends) {
            if (backend.name().equals(name)) {
                if (backend.availability() instanceof Availability.Unavailable no) {
                    throw new KernelException(
                            "compute backend '" + name + "' is not available: " + no.reason(),
                            no.cause());
                }
                return new Selection(backend, "'" + name + "' was asked for");
            }
        }
        throw new KernelException(
                "there is no compute backend '"
                        + name
                        + "'; known here: "
                        + backends.stream().map(ComputeBackend::name).toList()
                        + (unloadable.isEmpty() ? "" : ", not loadable: " + unloadable));
    }

    private Selection best() {
        List<String> refused = new ArrayList<>(unloadable);
        for (ComputeBackend backend : backends) {
            if (backend.availability() instanceof Availability.Unavailable no) {
                refused.add(backend.name() + " is not available: " + no.reason());
                continue;
            }
            return new Selection(
                    backend,
                    "'"
                            + backend.name()
                            + "' is the best available"
                            + (refused.isEmpty() ? "" : "; " + String.join("; ", refused)));
        }
        throw new KernelException("no compute backend is available: " + refused);
    }
}
