package io.oxbow.bench.digits;

import io.oxbow.arch.Architectures;
import io.oxbow.bench.WeightsInMemory;
import io.oxbow.json.Json;
import io.oxbow.plan.StepPlan;
import io.oxbow.safetensors.Tensors;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Models that nothing was fitted for: a few numbers of state a feature. Those that know time run in
 * event time with a window, or a time constant, of a word's length.
 */
final class FrozenModels {
    private static final int[] ORDERS = {2, 4, 6, 8};
    private static final double[] WINDOWS = {0.5, 1};
    private static final String TIMED =
            ", \"time_mode\": \"event-time\", \"step_seconds\": " + SpokenDigits.FRAME_SECONDS;

    private FrozenModels() {}

    /**
     * Models of one kind that differ in size: one of them is chosen on the speakers that are known.
     *
     * @param name as printed
     */
    record Family(String name, List<StateFeatures> candidates) implements AutoCloseable {
        @Override
        public void close() {
            candidates.forEach(StateFeatures::close);
        }
    }

    /**
     * All of them. The caller closes them.
     *
     * @param width features of a frame
     */
    static List<Family> all(int width, int maxFrames) {
        List<StateFeatures> legs = new ArrayList<>();
        List<StateFeatures> legt = new ArrayList<>();
        List<StateFeatures> s4d = new ArrayList<>();
        for (int order : ORDERS) {
            String size = "order " + order;
            legs.add(
                    new StateFeatures(
                            size,
                            hippo(width, order, "\"measure\": \"legs\""),
                            "memory",
                            maxFrames));
            for (double window : WINDOWS) {
                String name = size + ", " + window + " s";
                double step = SpokenDigits.FRAME_SECONDS / window;
                String timed = "\"measure\": \"legt\", \"dt\": " + step + TIMED;
                legt.add(new StateFeatures(name, hippo(width, order, timed), "memory", maxFrames));
                s4d.add(
                        new StateFeatures(
                                name,
                                s4d(width, order / 2, step),
                                "layers.0.ssm_state",
                                maxFrames));
            }
        }
        return List.of(
                new Family("hippo-legs", legs),
                new Family("hippo-legt", legt),
                new Family("s4d-lin", s4d));
    }

    private static StepPlan hippo(int width, int order, String options) {
        return plan(
                "{\"model_type\": \"hippo\", \"discretization\": \"zoh\", \"input_dim\": "
                        + width
                        + ", \"order\": "
                        + order
                        + ", "
                        + options
                        + "}",
                Tensors.none());
    }

    /**
     * One layer of S4D-Lin, {@code a_n = -1/2 + i pi n}, behind an encoder that passes each feature
     * on. Its step is twice a frame's share of the window, so that over a window mode n turns n
     * times and decays by a factor e. Only the scan's state is looked at: what follows the scan is
     * zero.
     */
    private static StepPlan s4d(int width, int modes, double step) {
        float[] identity = new float[width * width];
        float[] imaginary = new float[width * modes];
        for (int h = 0; h < width; h++) {
            identity[h * width + h] = 1;
            for (int n = 0; n < modes; n++) {
                imaginary[h * modes + n] = (float) (Math.PI * n);
            }
        }
        WeightsInMemory weights = new WeightsInMemory();
        weights.add("encoder.weight", identity, width, width);
        weights.fill("encoder.bias", 0, width);
        weights.fill("norms.0.weight", 1, width);
        weights.fill("norms.0.bias", 0, width);
        weights.fill("s4_layers.0.D", 0, width);
        weights.fill("s4_layers.0.kernel.log_dt", (float) Math.log(2 * step), width);
        weights.fill("s4_layers.0.kernel.log_A_real", (float) Math.log(0.5), width, modes);
        weights.add("s4_layers.0.kernel.A_imag", imaginary, width, modes);
        weights.fill("s4_layers.0.kernel.C", 0, width, modes, 2);
        weights.fill("s4_layers.0.output_linear.0.weight", 0, 2 * width, width, 1);
        weights.fill("s4_layers.0.output_linear.0.bias", 0, 2 * width);
        return plan(
                "{\"model_type\": \"s4d\", \"n_layers\": 1, \"d_input\": "
                        + width
                        + ", \"d_model\": "
                        + width
                        + ", \"d_state\": "
                        + 2 * modes
                        + TIMED
                        + "}",
                weights.tensors());
    }

    private static StepPlan plan(String config, Tensors weights) {
        return Architectures.build("frozen", (Json.Obj) Json.parse(config), weights, Map.of())
                .plan();
    }
}
