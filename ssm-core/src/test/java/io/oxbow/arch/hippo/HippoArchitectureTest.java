package io.oxbow.arch.hippo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.oxbow.arch.Architectures;
import io.oxbow.arch.ModelException;
import io.oxbow.arch.ModelRun;
import io.oxbow.json.Json;
import io.oxbow.model.SsmModel;
import io.oxbow.model.StateRows;
import io.oxbow.safetensors.Tensors;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HippoArchitectureTest {

    private static SsmModel model(String fields) {
        Json.Obj config = (Json.Obj) Json.parse("{\"model_type\": \"hippo\", " + fields + "}");
        return Architectures.build("test", config, Tensors.none(), Map.of());
    }

    /** What the coefficients say the input was at {@code x} of the past, 0 the start, 1 now. */
    private static double reconstruct(float[] coefficients, int from, int order, double x) {
        double y = 2 * x - 1;
        double before = 0;
        double here = 1;
        double sum = 0;
        for (int n = 0; n < order; n++) {
            sum += coefficients[from + n] * Math.sqrt(2 * n + 1) * here;
            double after = ((2 * n + 1) * y * here - n * before) / (n + 1);
            before = here;
            here = after;
        }
        return sum;
    }

    @ParameterizedTest
    @ValueSource(strings = {"bilinear", "backward", "zoh"})
    void legsRemembersTheWholePast(String rule) {
        int order = 24;
        int steps = 2000;
        SsmModel model =
                model("\"measure\": \"legs\", \"N\": 24, \"discretization\": \"" + rule + "\"");
        float[] input = new float[steps];
        for (int t = 0; t < steps; t++) {
            input[t] = (float) Math.sin(7.0 * t / steps);
        }

        try (ModelRun run = new ModelRun(model.plan(), steps)) {
            float[] outputs = run.feed(input);
            for (double x = 0.1; x < 0.95; x += 0.1) {
                assertThat(reconstruct(outputs, (steps - 1) * order, order, x))
                        .isCloseTo(Math.sin(7 * x), within(0.02));
            }
        }
    }

    /** The step that a 32-bit count or a 32-bit float would lose. */
    @Test
    void legsStillLearnsAfterMoreThanTwoToThe31Steps() {
        SsmModel model = model("\"measure\": \"legs\", \"N\": 4");
        long past = (1L << 31) + 12345;
        int steps = 100_000;
        float[] ones = new float[steps];
        Arrays.fill(ones, 1);

        try (ModelRun run = new ModelRun(model.plan(), steps)) {
            StateRows state = run.state();
            state.longs()[0] = past;
            run.state(state);
            run.feed(ones);

            StateRows after = run.state();
            double share = (double) steps / (past + steps);
            assertThat(after.longs()[0]).isEqualTo(past + steps);
            assertThat((double) after.floats()[0]).isCloseTo(share, within(share * 1e-4));
            assertThat((double) after.floats()[1])
                    .isCloseTo(Math.sqrt(3) * share, within(share * 1e-3));
        }
    }

    /** A step of LegS by the matrix exponential, for orders at which that is exact. */
    @Test
    void exactLegsStepIsTheMatrixExponential() {
        int order = 6;
        SsmModel model = model("\"measure\": \"legs\", \"N\": 6, \"discretization\": \"zoh\"");
        Random random = new Random(7);
        float[] input = new float[20];
        for (int t = 0; t < input.length; t++) {
            input[t] = (float) random.nextGaussian();
        }
        double[] a = HippoMeasure.LEGS.a(order);
        double[] b = HippoMeasure.LEGS.b(order);
        double[] memory = new double[order];
        memory[0] = input[0];
        for (int k = 1; k < input.length; k++) {
            Discretised step = Discretised.Rule.ZOH.of(a, b, Math.log((k + 1.0) / k));
            double[] next = new double[order];
            for (int n = 0; n < order; n++) {
                next[n] = step.b()[n] * input[k];
                for (int j = 0; j < order; j++) {
                    next[n] += step.a()[n * order + j] * memory[j];
                }
            }
            memory = next;
        }

        try (ModelRun run = new ModelRun(model.plan(), input.length)) {
            run.feed(input);
            for (int n = 0; n < order; n++) {
                assertThat((double) run.state().floats()[n]).isCloseTo(memory[n], within(1e-6));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"legt", "fout"})
    void slidingWindowsForget(String measure) {
        SsmModel model =
                model(
                        "\"measure\": \""
                                + measure
                                + "\", \"N\": 16, \"dt\": 0.01, \"discretization\": \"zoh\"");
        float[] input = new float[600];
        Arrays.fill(input, 0, 100, 5);
        Arrays.fill(input, 100, 600, 1);

        try (ModelRun run = new ModelRun(model.plan(), 600)) {
            run.feed(input);
            float[] memory = run.state().floats();
            assertThat((double) memory[0]).isCloseTo(1, within(0.02));
        }
    }

    @Test
    void saysWhichFieldIsWrong() {
        assertThatThrownBy(() -> model("\"measure\": \"lagt\", \"N\": 4"))
                .isInstanceOf(ModelException.class)
                .hasMessage(
                        "model 'test': the config's 'measure' must be one of legs, legt, fout, not"
                                + " 'lagt'");
        assertThatThrownBy(() -> model("\"measure\": \"legs\""))
                .hasMessage("model 'test': the config lacks 'N'; it has [model_type, measure]");
        assertThatThrownBy(() -> model("\"measure\": \"legs\", \"N\": 1000000"))
                .hasMessageContaining("the order may be 1024");
    }
}
