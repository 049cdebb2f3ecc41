package io.oxbow.compute;

import io.oxbow.plan.StepPlan;
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

    /**
     * A plan compiled by the chosen backend.
     *
     * @param kernel the caller closes it
     */
    public record Prepared(Selection selection, StepKernel kernel) {}

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
            if (isAvailable(backend, refused)) {
                return new Selection(backend, whyBest(backend, refused));
            }
        }
        throw new KernelException("no compute backend is available: " + refused);
    }

    /**
     * As {@link #prepare(String, StepPlan, int, int, DeviceShare)}, with {@link DeviceShare#FIRST}.
     */
    public Prepared prepare(String name, StepPlan plan, int maxTokens, int maxStreams) {
        return prepare(name, plan, maxTokens, maxStreams, DeviceShare.FIRST);
    }

    /**
     * Compiles a plan by the backend of that name; {@link #AUTO} passes over backends that are
     * available but cannot run this plan, and over an accelerator that takes longer for a full
     * batch than the CPU.
     *
     * @throws KernelException if no such backend exists, or none can run the plan
     */
    public Prepared prepare(
            String name, StepPlan plan, int maxTokens, int maxStreams, DeviceShare share) {
        if (!AUTO.equals(name)) {
            Selection named = named(name);
            StepKernel kernel = named.backend().prepare(plan, maxTokens, maxStreams, share);
            return new Prepared(named, kernel);
        }
        List<String> refused = new ArrayList<>(unloadable);
        Prepared accelerator = null;
        for (ComputeBackend backend : backends) {
            if (!isAvailable(backend, refused)) {
                continue;
            }
            try {
                StepKernel kernel = backend.prepare(plan, maxTokens, maxStreams, share);
                Prepared next =
                        new Prepared(new Selection(backend, whyBest(backend, refused)), kernel);
                if (accelerator != null) {
                    return quicker(accelerator, next, plan, maxStreams);
                }
                if (!backend.isAccelerator()) {
                    return next;
                }
                accelerator = next;
            } catch (KernelException e) {
                refused.add(backend.name() + " cannot run this model: " + e.getMessage());
            }
        }
        if (accelerator != null) {
            return accelerator;
        }
        throw new KernelException("no compute backend can run this model: " + refused);
    }

    private static Prepared quicker(
            Prepared accelerator, Prepared host, StepPlan plan, int streams) {
        String name = accelerator.selection().backend().name();
        Prepared winner = host;
        String why;
        try {
            var answer = AcceleratorTrial.of(accelerator, host, plan, streams);
            winner = answer.acceleratorWins() ? accelerator : host;
            why = answer.text(name, host.selection().backend().name());
        } catch (KernelException e) {
            why = name + " failed at a trial: " + e.getMessage();
        }
        (winner == host ? accelerator : host).kernel().close();
        Selection selection = winner.selection();
        return new Prepared(
                new Selection(selection.backend(), selection.why() + "; " + why), winner.kernel());
    }

    /** Otherwise its reason is added to {@code refused}. */
    private static boolean isAvailable(ComputeBackend backend, List<String> refused) {
        if (backend.availability() instanceof Availability.Unavailable no) {
            refused.add(backend.name() + " is not available: " + no.reason());
            return false;
        }
        return true;
    }

    private static String whyBest(ComputeBackend backend, List<String> refused) {
        return "'"
                + backend.name()
                + "' is the best available"
                + (refused.isEmpty() ? "" : "; " + String.join("; ", refused));
    }
}
