package io.oxbow.compute.tornado;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.oxbow.compute.BackendSelector;
import io.oxbow.compute.ComputeBackend;
import io.oxbow.compute.DeviceMeter;
import io.oxbow.compute.DeviceShare;
import io.oxbow.compute.KernelException;
import io.oxbow.compute.OutputBatch;
import io.oxbow.compute.StateTable;
import io.oxbow.compute.StepKernel;
import io.oxbow.compute.TokenBatch;
import io.oxbow.compute.scalar.ScalarBackend;
import io.oxbow.model.StateRows;
import io.oxbow.plan.Add;
import io.oxbow.plan.DenseRecurrence;
import io.oxbow.plan.OutputLayout;
import io.oxbow.plan.Register;
import io.oxbow.plan.RunningMean;
import io.oxbow.plan.StepPlan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** What a table on the device does beyond the contract: moving rows, memory, threads, compiling. */
class TornadoTableTest {
    private final TornadoBackend backend = new TornadoBackend();

    @Test
    void movesMoreRowsThanFitOneTransfer() {
        StepPlan plan = countingPlan(3);
        int[] slots = {8, 0, 5, 3, 6};
        StateRows written = new StateRows(plan.layout(), slots.length);
        for (int i = 0; i < written.floats().length; i++) {
            written.floats()[i] = i;
        }
        for (int i = 0; i < written.longs().length; i++) {
            written.longs()[i] = (1L << 40) + i;
        }
        StateRows read = new StateRows(plan.layout(), slots.length);
        try (StepKernel kernel = backend.prepare(plan, 4, 2);
                StateTable table = kernel.newTable(9)) {
            table.writeRows(slots, slots.length, written);
            table.readRows(slots, slots.length, read);
        }

        assertThat(read.floats()).isEqualTo(written.floats());
        assertThat(read.longs()).isEqualTo(written.longs());
    }

    @Test
    void compilesNothingAfterItWasMade() {
        StepPlan plan = countingPlan(3);
        RunProfile profile = new RunProfile();
        try (TornadoStepKernel kernel = new TornadoStepKernel(plan, 64, 8, DeviceShare.FIRST);
                TornadoStateTable table = kernel.newTable(9, profile)) {
            long compiled = profile.compilingRuns();
            assertThat(compiled).isPositive();
            TokenBatch batch = new TokenBatch(3, 64, 8);
            OutputBatch outputs = new OutputBatch(plan.outputs(), 64);
            for (int streams = 1; streams <= 8; streams++) {
                int[] slots = new int[streams];
                Arrays.setAll(slots, s -> s);
                table.initRows(slots, streams);
                for (int each = 1; each <= 8; each++) {
                    fill(batch, slots, each, 1);
                    kernel.run(batch, table, outputs);
                }
                table.readRows(slots, streams, new StateRows(plan.layout(), streams));
            }

            assertThat(profile.compilingRuns()).isEqualTo(compiled);
        }
    }

    @Test
    void measuresTheDevice() {
        StepPlan plan = countingPlan(64);
        DeviceMeter meter = backend.meter().orElseThrow();

        long start = System.nanoTime();
        DeviceMeter.BatchTimes times = meter.times(plan, 256, 1024);
        double longest = 1e-9 * (System.nanoTime() - start);
        assertThat(times.kernels()).isBetween(1e-7, longest);
        assertThat(times.transfers()).isBetween(1e-9, longest);
        assertThat(meter.copyRate(8 << 20)).isBetween(1e6, 1e14);
        assertThat(Device.at(0).taken()).isZero();
    }

    @Test
    void isNotChosenByItselfWhereTheDeviceIsTheCpu() {
        Assumptions.assumeTrue(DeviceProbe.isCpu(), "the device is not the CPU");
        BackendSelector selector = BackendSelector.load(TornadoBackend.class.getClassLoader());

        try (StepKernel kernel =
                selector.prepare(BackendSelector.AUTO, countingPlan(3), 4, 4).kernel()) {
            assertThat(kernel).isNotInstanceOf(TornadoStepKernel.class);
        }
    }

    /** On as many devices as there are. */
    @Test
    void threadsShareDevices() throws Exception {
        List<Callable<Float>> subtasks = new ArrayList<>();
        for (int i = 1; i <= 4; i++) {
            float value = i;
            int device = i;
            subtasks.add(() -> sumOf(value, 40, device));
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(subtasks.size())) {
            List<Future<Float>> sums = threads.invokeAll(subtasks);
            for (int i = 0; i < sums.size(); i++) {
                assertThat(sums.get(i).get()).isEqualTo(40f * (i + 1));
            }
        }
    }

    @Test
    void refusesWhatDoesNotFitTheMemoryWithTheNumbers() {
        StepPlan plan = countingPlan(1 << 16);
        try (StepKernel kernel = backend.prepare(plan, 1, 1, new DeviceShare(0, 8 << 20))) {
            long before = Device.at(0).taken();
            assertThatThrownBy(() -> kernel.newTable(1000))
                    .isInstanceOf(KernelException.class)
                    .hasMessageContaining("of 8 MiB")
                    .hasMessageContaining("needs 750 MiB more")
                    .hasMessageContaining("oxbow.tornado.device-memory");
            assertThat(Device.at(0).taken()).isEqualTo(before);
        }
        assertThatThrownBy(() -> backend.prepare(plan, 1, 1, new DeviceShare(0, 1L << 50)))
                .isInstanceOf(KernelException.class)
                .hasMessageContaining("1073741824 MiB")
                .hasMessageContaining("-Dtornado.device.memory");
    }

    @Test
    void takesTheMemoryOfTheDeviceThatWasAskedFor() {
        Assumptions.assumeTrue(Device.count() > 1, "there is one device");
        try (StepKernel kernel = backend.prepare(countingPlan(2), 2, 2, new DeviceShare(1, 0));
                StateTable table = kernel.newTable(100)) {
            assertThat(table.capacity()).isEqualTo(100);
            assertThat(Device.at(0).taken()).isZero();
            assertThat(Device.at(1).taken()).isPositive();
        }
        assertThat(Device.at(1).taken()).isZero();
        assertThat(Device.at(Device.count())).isSameAs(Device.at(0));
    }

    @Test
    void continuesTheStatesOfAnotherBackendAndHandsThemBack() {
        StepPlan plan = countingPlan(2);
        StateRows rows = new StateRows(plan.layout(), 1);
        rows.copyRow(plan.initial(), 0, 0);
        float[] last = new float[0];
        for (ComputeBackend each : List.of(new ScalarBackend(), backend, new ScalarBackend())) {
            last = continued(each, plan, rows);
        }

        assertThat(last).containsExactly(12, 12, 2, 2);
        assertThat(rows.longs()).containsExactly(6);
    }

    @Test
    void deepPlansGoThroughSeveralTaskGraphs() {
        StepPlan plan = deepPlan(150);
        int[] slots = {2, 0};
        List<float[]> results = new ArrayList<>();
        for (ComputeBackend each : List.of(new ScalarBackend(), backend)) {
            StateRows rows = new StateRows(plan.layout(), 2);
            TokenBatch batch = new TokenBatch(2, 6, 2);
            OutputBatch outputs = new OutputBatch(plan.outputs(), 6);
            try (StepKernel kernel = each.prepare(plan, 6, 2);
                    StateTable table = kernel.newTable(3)) {
                table.initRows(slots, 2);
                for (int tokens = 1; tokens <= 3; tokens++) {
                    fill(batch, slots, tokens, tokens);
                    kernel.run(batch, table, outputs);
                }
                table.readRows(slots, 2, rows);
            }
            results.add(outputs.values());
            results.add(rows.floats());
        }

        assertThat(results.get(0)[0]).isPositive();
        assertThat(results.get(2)).isEqualTo(results.get(0));
        assertThat(results.get(3)).isEqualTo(results.get(1));
    }

    /** Adds the sums of the first operation at every step, and sums up again half-way. */
    private static StepPlan deepPlan(int steps) {
        StepPlan.Builder builder = StepPlan.builder(2);
        Register sum = builder.register("sum", 2);
        builder.add(
                new DenseRecurrence(
                        builder.input(),
                        sum,
                        builder.state().f32("sum", 2, 1),
                        new float[] {1},
                        new float[] {1}));
        Register last = builder.input();
        for (int i = 0; i < steps; i++) {
            Register next = builder.register("step" + i, 2);
            builder.add(
                    i == steps / 2
                            ? new DenseRecurrence(
                                    last,
                                    next,
                                    builder.state().f32("half-way", 2, 1),
                                    new float[] {1},
                                    new float[] {1})
                            : new Add(last, sum, next, null));
            last = next;
        }
        return builder.build(OutputLayout.builder().add("sum", sum).add("last", last).build());
    }

    /** Two more tokens of twos; the outputs of the last, and the state. */
    private static float[] continued(ComputeBackend backend, StepPlan plan, StateRows rows) {
        int[] slots = {1};
        TokenBatch batch = new TokenBatch(2, 2, 1);
        OutputBatch outputs = new OutputBatch(plan.outputs(), 2);
        try (StepKernel kernel = backend.prepare(plan, 2, 1);
                StateTable table = kernel.newTable(2)) {
            table.writeRows(slots, 1, rows);
            fill(batch, slots, 2, 2);
            kernel.run(batch, table, outputs);
            table.readRows(slots, 1, rows);
        }
        return Arrays.copyOfRange(outputs.values(), 4, 8);
    }

    /** Adds {@code value} up, one token a run, on a table of its own. */
    private float sumOf(float value, int times, int device) {
        StepPlan plan = countingPlan(1);
        try (StepKernel kernel = backend.prepare(plan, 2, 1, new DeviceShare(device, 0));
                StateTable table = kernel.newTable(1)) {
            int[] slots = {0};
            table.initRows(slots, 1);
            TokenBatch batch = new TokenBatch(1, 2, 1);
            OutputBatch outputs = new OutputBatch(plan.outputs(), 2);
            for (int i = 0; i < times; i++) {
                fill(batch, slots, 1, value);
                kernel.run(batch, table, outputs);
            }
            return outputs.values()[0];
        }
    }

    private static void fill(TokenBatch batch, int[] slots, int tokensEach, float value) {
        Arrays.fill(batch.tokens(), value);
        for (int s = 0; s < slots.length; s++) {
            batch.slots()[s] = slots[s];
            batch.offsets()[s + 1] = (s + 1) * tokensEach;
        }
        batch.size(slots.length * tokensEach, slots.length);
    }

    /** Sums and means of each channel. */
    private static StepPlan countingPlan(int channels) {
        StepPlan.Builder builder = StepPlan.builder(channels);
        Register sum = builder.register("sum", channels);
        Register mean = builder.register("mean", channels);
        builder.add(
                new DenseRecurrence(
                        builder.input(),
                        sum,
                        builder.state().f32("sum", channels, 1),
                        new float[] {1},
                        new float[] {1}));
        builder.add(
                new RunningMean(
                        builder.input(),
                        mean,
                        builder.state().f32("mean", channels),
                        builder.state().f32("mean.low", channels),
                        builder.state().i64("steps")));
        return builder.build(OutputLayout.builder().add("sum", sum).add("mean", mean).build());
    }
}
