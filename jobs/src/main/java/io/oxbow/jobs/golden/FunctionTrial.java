package io.oxbow.jobs.golden;

import io.oxbow.model.SsmModel;
import io.oxbow.model.TimeMode;
import io.oxbow.plan.Activation;
import io.oxbow.plan.ActivationFunction;
import io.oxbow.plan.OutputLayout;
import io.oxbow.plan.Register;
import io.oxbow.plan.StepPlan;
import io.oxbow.safetensors.SafetensorsFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/** The trial of element-wise functions: tensors named after one, of the numbers in x. */
final class FunctionTrial {
    /** A reference that is not the function we compute: no threshold at 20. */
    private static final String OTHER_SOFTPLUS = "softplus_log_exp_plus1_f32";

    private FunctionTrial() {}

    static GoldenTrial of(SafetensorsFile file) throws IOException {
        StepPlan.Builder plan = StepPlan.builder(1);
        OutputLayout.Builder layout = OutputLayout.builder();
        List<GoldenTrial.Output> outputs = new ArrayList<>();
        for (ActivationFunction function : ActivationFunction.values()) {
            String name = function.name().toLowerCase(Locale.ROOT);
            Register register = plan.register(name, 1);
            plan.add(new Activation(plan.input(), register, function));
            layout.add(name, register);
            for (String tensor : file.tensors().keySet()) {
                if (tensor.startsWith(name + "_") && !tensor.equals(OTHER_SOFTPLUS)) {
                    outputs.add(new GoldenTrial.Output(name, file.doubles(tensor)));
                }
            }
        }
        if (outputs.isEmpty()) {
            throw new IOException("it holds x but no function of it that is known");
        }
        SsmModel model =
                new SsmModel(
                        "functions",
                        "functions",
                        plan.build(layout.build()),
                        TimeMode.PER_EVENT,
                        0,
                        OptionalLong.empty());
        float[] x = file.floats("x");
        return new GoldenTrial(model, null, x, 1, x.length, x.length / 2, outputs, List.of());
    }
}
