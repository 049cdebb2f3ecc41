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
import java.util.concurrent.locks.LockSupport;
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
    void takesAnAcceleratorOnlyIfItIsQuickerThanTheCpu() throws IOException {
        for (int streams : new int[] {2, 3}) {
            StepPlan plan = StepPlan.builder(1).build(OutputLayout.builder().build());
            BackendSelector.Prepared slow =
                    load(SlowAccelerator.class, Cpu.class)
                            .prepare(BackendSelector.AUTO, plan, streams, streams);
            BackendSelector.Prepared fast =
                    load(FastAccelerator.class, Cpu.class)
                            .prepare(BackendSelector.AUTO, plan, streams, streams);

            assertThat(slow.selection().backend()).isInstanceOf(Cpu.class);
            assertThat(slow.selection().why())
                    .contains("a batch of " + streams + " streams took", "'slow' and ", "'cpu'");
            assertThat(fast.selection().backend()).isInstanceOf(FastAccelerator.class);
            assertThat(fast.selection().why()).contains("on 'fast' and ");
        }
    }

    @Test
    void goesOnWithTheCpuWhereAnAcceleratorFailsAtItsTrial() throws IOException {
        StepPlan plan = StepPlan.builder(1).build(OutputLayout.builder().build());
        BackendSelector selector = load(LostAccelerator.class, Cpu.class);

        BackendSelector.Prepared chosen = selector.prepare(BackendSelector.AUTO, plan, 2, 2);

        assertThat(chosen.selection().backend()).isInstanceOf(Cpu.class);
        assertThat(chosen.selection().why()).contains("lost failed at a trial: unplugged");
    }

    @Test
    void takesTheAcceleratorThatWasAskedForWithoutATrial() throws IOException {
        StepPlan plan = StepPlan.builder(1).build(OutputLayout.builder().build());

        assertThat(load(SlowAccelerator.class, Cpu.class).prepare("slow", plan, 2, 2).selection())
                .extracting(BackendSelector.Selection::why)
                .isEqualTo("'slow' was asked for");
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

    /** Takes 2 ms for a batch. */
    public static final class Cpu extends Timed {
        public Cpu() {
            super("cpu", 10, 2);
        }
    }

    /** Takes longer than the CPU. */
    public static final class SlowAccelerator extends Timed {
        public SlowAccelerator() {
            super("slow", 20, 20);
        }

        @Override
        public boolean isAccelerator() {
            return true;
        }
    }

    /** Takes no time to speak of. */
    public static final class FastAccelerator extends Timed {
        public FastAccelerator() {
            super("fast", 20, 0);
        }

        @Override
        public boolean isAccelerator() {
            return true;
        }
    }

    /** Fails at its first batch. */
    public static final class LostAccelerator extends Timed {
        public LostAccelerator() {
            super("lost", 20, -1);
        }

        @Override
        public boolean isAccelerator() {
            return true;
        }
    }

    /** The scalar reference, held up. */
    private abstract static class Timed extends Named {
        private final long millis;

        Timed(String name, int preference, long millis) {
            super(name, preference);
            this.millis = millis;
        }

        @Override
        public Availability availability() {
            return new Availability.Available("a test");
        }

        @Override
        public StepKernel prepare(StepPlan plan, int maxTokens, int maxStreams) {
            StepKernel scalar = new ScalarBackend().prepare(plan, maxTokens, maxStreams);
            return new StepKernel() {
                @Override
                public StateTable newTable(int capacity) {
                    return scalar.newTable(capacity);
                }

                @Override
                public void run(TokenBatch batch, StateTable table, OutputBatch outputs) {
                    if (millis < 0) {
                        throw new KernelException("unplugged");
                    }
                    scalar.run(batch, table, outputs);
                    LockSupport.parkNanos(1_000_000 * millis);
                }

                @Override
                public void close() {
                    scalar.close();
                }
            };
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
