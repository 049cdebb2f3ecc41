package io.oxbow.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.oxbow.compute.scalar.ScalarBackend;
import io.oxbow.plan.OutputLayout;
import io.oxbow.plan.StepPlan;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackendSelectorTest {
    @TempDir private Path folder;

    @Test
    void takesTheMostPreferredThatIsAvailableAndSaysWhyNotTheOthers() throws IOException {
        BackendSelector.Selection chosen =
                load(ScalarBackend.class, Absent.class, Present.class).select(BackendSelector.AUTO);

        assertThat(chosen.backend()).isInstanceOf(Present.class);
        assertThat(chosen.why())
                .isEqualTo(
                        "'present' is the best available; absent is not available: no such device");
    }

    @Test
    void takesTheOneAskedForThoughABetterOneIsThere() throws IOException {
        BackendSelector.Selection chosen =
                load(ScalarBackend.class, Present.class).select("scalar");

        assertThat(chosen.backend()).isInstanceOf(ScalarBackend.class);
        assertThat(chosen.why()).isEqualTo("'scalar' was asked for");
    }

    @Test
    void refusesToReplaceTheOneAskedFor() throws IOException {
        BackendSelector selector = load(ScalarBackend.class, Absent.class);

        assertThatThrownBy(() -> selector.select("absent"))
                .isInstanceOf(KernelException.class)
                .hasMessage("compute backend 'absent' is not available: no such device")
                .hasRootCauseMessage("probe");
        assertThatThrownBy(() -> selector.select("abacus"))
                .isInstanceOf(KernelException.class)
                .hasMessage("there is no compute backend 'abacus'; known here: [absent, scalar]");
    }

    @Test
    void goesOnWithoutProvidersThatCannotBeLoaded() throws IOException {
        BackendSelector selector =
                loadNamed(
                        "org.example.NoSuchBackend",
                        FailsToLink.class.getName(),
                        FailsToConstruct.class.getName(),
                        ScalarBackend.class.getName());

        BackendSelector.Selection chosen = selector.select(BackendSelector.AUTO);

        assertThat(chosen.backend()).isInstanceOf(ScalarBackend.class);
        assertThat(selector.unloadable())
                .hasSize(3)
                .satisfiesExactly(
                        missing -> assertThat(missing).contains("org.example.NoSuchBackend"),
                        link -> assertThat(link).contains("FailsToLink"),
                        construct -> assertThat(construct).contains("FailsToConstruct"));
        assertThat(chosen.why()).contains("NoSuchBackend", "FailsToLink");
    }

    @Test
    void saysSoWhenNoneIsAvailable() throws IOException {
        BackendSelector selector = load(Absent.class);

        assertThatThrownBy(() -> selector.select(BackendSelector.AUTO))
                .isInstanceOf(KernelException.class)
                .hasMessageContaining("no compute backend is available")
                .hasMessageContaining("no such device");
    }

    @Test
    void passesOverAnAvailableOneThatCannotRunThePlanUnlessItWasAskedFor() throws IOException {
        BackendSelector selector = load(ScalarBackend.class, Present.class);
        StepPlan plan = StepPlan.builder(2).build(OutputLayout.builder().build());

        BackendSelector.Prepared prepared = selector.prepare(BackendSelector.AUTO, plan, 4, 2);

        assertThat(prepared.selection().backend()).isInstanceOf(ScalarBackend.class);
        assertThat(prepared.selection().why()).contains("present cannot run this model");
        prepared.kernel().close();
        assertThatThrownBy(() -> selector.prepare("present", plan, 4, 2))
                .isInstanceOf(KernelException.class);
    }

    @Test
    void findsTheScalarBackendOfThisModule() {
        assertThat(BackendSelector.load(ScalarBackend.class.getClassLoader()).backends())
                .extracting(ComputeBackend::name)
                .contains("scalar");
    }

    private BackendSelector load(Class<?>... providers) throws IOException {
        String[] names = new String[providers.length];
        for (int i = 0; i < names.length; i++) {
            names[i] = providers[i].getName();
        }
        return loadNamed(names);
    }

    private BackendSelector loadNamed(String... providers) throws IOException {
        Path services = Files.createDirectories(folder.resolve("META-INF/services"));
        Files.write(services.resolve(ComputeBackend.class.getName()), List.of(providers));
        try (URLClassLoader loader = new OnlyThisFolder(folder.toUri().toURL())) {
            return BackendSelector.load(loader);
        }
    }

    /** Sees the classes of the test but only the service file of the folder. */
    private static final class OnlyThisFolder extends URLClassLoader {
        OnlyThisFolder(URL folder) {
            super(new URL[] {folder}, BackendSelectorTest.class.getClassLoader());
        }

        @Override
        public Enumeration<URL> getResources(String name) throws IOException {
            return findResources(name);
        }
    }

    /** Better than scalar, but not here. */
    public static final class Absent extends Named {
        public Absent() {
            super("absent", 20);
        }

        @Override
        public Availability availability() {
            return new Availability.Unavailable(
                    "no such device", new IllegalStateException("probe"));
        }
    }

    /** Better than scalar, and here. */
    public static final class Present extends Named {
        public Present() {
            super("present", 10);
        }

        @Override
        public Availability availability() {
            return new Availability.Available("a test");
        }
    }

    /** Its class cannot be initialised, as when a native library is missing. */
    public static final class FailsToLink extends Named {
        private static final int PROBE = link();

        public FailsToLink() {
            super("fails-to-link", PROBE);
        }

        private static int link() {
            throw new UnsatisfiedLinkError("FailsToLink: no such library");
        }

        @Override
        public Availability availability() {
            return new Availability.Available("never");
        }
    }

    /** Its constructor throws. */
    public static final class FailsToConstruct extends Named {
        public FailsToConstruct() {
            super("fails-to-construct", 30);
            throw new IllegalStateException("no device");
        }

        @Override
        public Availability availability() {
            return new Availability.Available("never");
        }
    }

    private abstract static class Named implements ComputeBackend {
        private final String name;
        private final int preference;

        Named(String name, int preference) {
            this.name = name;
            this.preference = preference;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public int preference() {
            return preference;
        }

        @Override
        public StepKernel prepare(StepPlan plan, int maxTokens, int maxStreams) {
            throw new KernelException("'" + name + "' runs nothing");
        }
    }
}
