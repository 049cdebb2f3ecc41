package io.oxbow.compute.tornado;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.oxbow.compute.Availability;
import io.oxbow.compute.ComputeBackend;
import io.oxbow.compute.OutputBatch;
import io.oxbow.compute.StateTable;
import io.oxbow.compute.StepKernel;
import io.oxbow.compute.TokenBatch;
import io.oxbow.compute.scalar.ScalarBackend;
import io.oxbow.model.StateRows;
import io.oxbow.plan.DenseRecurrence;
import io.oxbow.plan.Linear;
import io.oxbow.plan.OutputLayout;
import io.oxbow.plan.Register;
import io.oxbow.plan.StepPlan;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What the device says against the scalar reference, on projections around a dense recurrence. */
class TornadoBackendTest {
    private static final int INPUT = 5;
    private static final int CHANNELS = 7;
    private static final int ORDER = 9;
    private static final int OUTPUT = 3;
    private static final int STREAMS = 6;
    private static final int TOKENS_EACH = 8;
    private static final float TOLERANCE = 1e-5f;

    private final StepPlan plan = plan(new Random(3));
    private final float[] input = gaussian(new Random(4), STREAMS * TOKENS_EACH * INPUT, 1);

    /** Outputs by stream and token, and the state rows at the end. */
    private record Result(float[] outputs, StateRows states) {}

    @Test
    void aDeviceDoesRealWork() {
        assertThat(new TornadoBackend().availability()).isInstanceOf(Availability.Available.class);
    }

    @Test
    void agreesWithTheScalarReference() {
        Result device = run(new TornadoBackend(), TOKENS_EACH, false);
        Result scalar = run(new ScalarBackend(), TOKENS_EACH, false);

        assertThat(device.outputs).containsExactly(scalar.outputs, within(TOLERANCE));
        assertThat(device.states.floats())
                .containsExactly(scalar.states.floats(), within(TOLERANCE));
    }

    @Test
    void anyCutAndOrderOfTheBatchesGivesTheSameBits() {
        Result whole = run(new TornadoBackend(), TOKENS_EACH, false);
        Result single = run(new TornadoBackend(), 1, true);
        Result odd = run(new TornadoBackend(), 3, true);

        assertThat(single.outputs).isEqualTo(whole.outputs);
        assertThat(odd.outputs).isEqualTo(whole.outputs);
        assertThat(odd.states.floats()).isEqualTo(whole.states.floats());
    }

    @Test
    void onlyTheRowsAskedForAreReadAndWritten() {
        int[] all = {0, 1, 2, 3, 4, 5, 6, 7, 8};
        try (StepKernel kernel = new TornadoBackend().prepare(plan, 4, 2);
                StateTable table = kernel.newTable(all.length)) {
            table.initRows(all, all.length);
            StateRows three = new StateRows(plan.layout(), 3);
            Arrays.setAll(three.longs(), i -> i);
            for (int i = 0; i < three.floats().length; i++) {
                three.floats()[i] = i;
            }
            table.writeRows(new int[] {8, 0, 5}, 3, three);

            StateRows read = new StateRows(plan.layout(), 4);
            table.readRows(new int[] {5, 4, 8, 0}, 4, read);

            StateRows expected = new StateRows(plan.layout(), 4);
            expected.copyRow(three, 2, 0);
            expected.copyRow(plan.initial(), 0, 1);
            expected.copyRow(three, 0, 2);
            expected.copyRow(three, 1, 3);
            assertThat(read.floats()).isEqualTo(expected.floats());
        }
    }

    /** Feeds every stream {@code cut} tokens at a time, streams possibly in reverse. */
    private Result run(ComputeBackend backend, int cut, boolean reversed) {
        float[] outputs = new float[STREAMS * TOKENS_EACH * plan.outputs().width()];
        int maxTokens = STREAMS * TOKENS_EACH;
        int[] slots = {4, 0, 9, 2, 7, 5};
        try (StepKernel kernel = backend.prepare(plan, maxTokens, STREAMS);
                StateTable table = kernel.newTable(10)) {
            table.initRows(slots, STREAMS);
            TokenBatch batch = new TokenBatch(INPUT, maxTokens, STREAMS);
            OutputBatch out = new OutputBatch(plan.outputs(), maxTokens);
            for (int from = 0; from < TOKENS_EACH; from += cut) {
                int length = Math.min(cut, TOKENS_EACH - from);
                for (int i = 0; i < STREAMS; i++) {
                    int s = reversed ? STREAMS - 1 - i : i;
                    batch.slots()[i] = slots[s];
                    batch.offsets()[i + 1] = (i + 1) * length;
                    int source = (s * TOKENS_EACH + from) * INPUT;
                    int target = i * length * INPUT;
                    System.arraycopy(input, source, batch.tokens(), target, length * INPUT);
                }
                batch.size(STREAMS * length, STREAMS);
                kernel.run(batch, table, out);
                int width = plan.outputs().width();
                for (int i = 0; i < STREAMS; i++) {
                    int s = reversed ? STREAMS - 1 - i : i;
                    int target = (s * TOKENS_EACH + from) * width;
                    int source = i * length * width;
                    System.arraycopy(out.values(), source, outputs, target, length * width);
                }
            }
            StateRows states = new StateRows(plan.layout(), STREAMS);
            table.readRows(slots, STREAMS, states);
            return new Result(outputs, states);
        }
    }

    private static StepPlan plan(Random random) {
        StepPlan.Builder builder = StepPlan.builder(INPUT);
        Register drive = builder.register("drive", CHANNELS);
        Register memory = builder.register("memory", CHANNELS * ORDER);
        Register head = builder.register("head", OUTPUT);
        builder.add(
                new Linear(
                        builder.input(),
                        drive,
                        gaussian(random, CHANNELS * INPUT, 0.3f),
                        gaussian(random, CHANNELS, 0.3f)));
        builder.add(
                new DenseRecurrence(
                        drive,
                        memory,
                        builder.state().f32("memory", CHANNELS, ORDER),
                        gaussian(random, ORDER * ORDER, 0.2f),
                        gaussian(random, ORDER, 0.5f)));
        float[] weight = gaussian(random, OUTPUT * CHANNELS * ORDER, 0.1f);
        builder.add(new Linear(memory, head, weight, null));
        return builder.build(
                OutputLayout.builder().add("head", head).add("drive", drive).build(),
                initial -> Arrays.fill(initial.floats(), 0.25f));
    }

    private static float[] gaussian(Random random, int count, float scale) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = scale * (float) random.nextGaussian();
        }
        return values;
    }
}
