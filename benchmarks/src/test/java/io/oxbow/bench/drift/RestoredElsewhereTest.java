package io.oxbow.bench.drift;

import static org.assertj.core.api.Assertions.assertThat;

import io.oxbow.compute.BackendSelector;
import io.oxbow.compute.OutputBatch;
import io.oxbow.compute.StateTable;
import io.oxbow.compute.StepKernel;
import io.oxbow.compute.TokenBatch;
import io.oxbow.model.StateLayout.Segment;
import io.oxbow.model.StateRows;
import io.oxbow.plan.StepPlan;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A stream of every architecture is broken off, its state written to a file, and continued by
 * another process, on the same backend and on the other: as if nothing had happened.
 */
class RestoredElsewhereTest {
    private static final int BEFORE = 300;
    private static final int AFTER = 100;
    private static final List<String> BACKENDS = List.of("scalar", "vector");
    private static final int[] SLOT = {0};

    /** The other process: continues every state in the folder on every backend. */
    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        for (String model : DriftModels.all().keySet()) {
            StateRows state = new StateRows(plan(model).layout(), 1);
            ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(folder.resolve(model)));
            bytes.asFloatBuffer().get(state.floats());
            bytes.position(4 * state.floats().length).slice().asLongBuffer().get(state.longs());
            for (String backend : BACKENDS) {
                float[] outputs = run(model, backend, copy(state), BEFORE, AFTER);
                ByteBuffer written = ByteBuffer.allocate(4 * outputs.length);
                written.asFloatBuffer().put(outputs);
                Files.write(folder.resolve(model + "." + backend), written.array());
            }
        }
    }

    private static StepPlan plan(String model) {
        return DriftModels.all().get(model).get().plan();
    }

    /** Outputs of the tokens from {@code first}; the state is advanced in place. */
    private static float[] run(
            String model, String backend, StateRows state, int first, int count) {
        StepPlan plan = plan(model);
        Random random = new Random(3);
        float[] tokens = new float[(BEFORE + AFTER) * plan.inputDim()];
        for (int i = 0; i < tokens.length; i++) {
            tokens[i] = (float) random.nextGaussian();
        }
        TokenBatch batch = new TokenBatch(plan.inputDim(), count, 1);
        System.arraycopy(
                tokens, first * plan.inputDim(), batch.tokens(), 0, count * plan.inputDim());
        Arrays.fill(batch.dt(), 1);
        batch.offsets()[1] = count;
        batch.size(count, 1);
        OutputBatch outputs = new OutputBatch(plan.outputs(), count);
        try (StepKernel kernel =
                        BackendSelector.load(RestoredElsewhereTest.class.getClassLoader())
                                .select(backend)
                                .backend()
                                .prepare(plan, count, 1);
                StateTable table = kernel.newTable(1)) {
            table.writeRows(SLOT, 1, copy(state));
            kernel.run(batch, table, outputs);
            table.readRows(SLOT, 1, state);
        }
        return outputs.values().clone();
    }

    private static StateRows copy(StateRows rows) {
        StateRows copy = new StateRows(rows.layout(), 1);
        System.arraycopy(rows.floats(), 0, copy.floats(), 0, rows.floats().length);
        System.arraycopy(rows.longs(), 0, copy.longs(), 0, rows.longs().length);
        return copy;
    }

    private static StateRows initial(StepPlan plan) {
        return copy(plan.initial());
    }

    @Test
    void everyArchitectureContinuesInAnotherProcessOnEitherBackend(@TempDir Path folder)
            throws Exception {
        Map<String, float[]> expected = new HashMap<>();
        for (String model : DriftModels.all().keySet()) {
            StateRows state = initial(plan(model));
            run(model, "scalar", state, 0, BEFORE);
            ByteBuffer bytes =
                    ByteBuffer.allocate(4 * state.floats().length + 8 * state.longs().length);
            bytes.asFloatBuffer().put(state.floats());
            bytes.position(4 * state.floats().length).slice().asLongBuffer().put(state.longs());
            Files.write(folder.resolve(model), bytes.array());
            expected.put(model, run(model, "scalar", state, BEFORE, AFTER));
        }

        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("--add-modules", "jdk.incubator.vector", "-cp"));
        command.add(System.getProperty("java.class.path"));
        command.addAll(List.of(RestoredElsewhereTest.class.getName(), folder.toString()));
        Process process = new ProcessBuilder(command).inheritIO().start();
        assertThat(process.waitFor()).isZero();

        for (String model : expected.keySet()) {
            float[] undisturbed = expected.get(model);
            assertThat(outputs(folder, model, "scalar")).as(model).isEqualTo(undisturbed);
            float[] other = outputs(folder, model, "vector");
            for (int i = 0; i < other.length; i++) {
                assertThat(Math.abs(other[i] - undisturbed[i]))
                        .as("%s, output %d", model, i)
                        .isLessThan(1e-4f * (1 + Math.abs(undisturbed[i])));
            }
        }
    }

    private static float[] outputs(Path folder, String model, String backend) throws IOException {
        byte[] bytes = Files.readAllBytes(folder.resolve(model + "." + backend));
        float[] outputs = new float[bytes.length / 4];
        ByteBuffer.wrap(bytes).asFloatBuffer().get(outputs);
        return outputs;
    }

    /** Else an angle would lose its fraction on an endless stream. */
    @Test
    void anglesOfMamba3StayWithinATurn() {
        StepPlan plan = plan("mamba3");
        StateRows state = initial(plan);
        for (int i = 0; i < 20; i++) {
            run("mamba3", "scalar", state, 0, BEFORE);
            for (Segment segment : plan.layout().segments()) {
                if (segment.name().endsWith("angle_state")) {
                    for (int a = 0; a < segment.length(); a++) {
                        assertThat(Math.abs(state.floats()[segment.offset() + a]))
                                .isLessThanOrEqualTo((float) Math.PI);
                    }
                }
            }
        }
    }
}
