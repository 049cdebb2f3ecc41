package io.oxbow.arch.lru;

import io.oxbow.arch.Complex;
import io.oxbow.arch.Head;
import io.oxbow.arch.ModalLayer;
import io.oxbow.arch.ModelConfig;
import io.oxbow.arch.PlanWriter;
import io.oxbow.arch.SsmArchitecture;
import io.oxbow.model.SsmModel;
import io.oxbow.plan.OutputLayout;
import io.oxbow.plan.Register;
import io.oxbow.plan.Stepping;
import io.oxbow.safetensors.Tensors;
import java.util.Set;

/**
 * One linear recurrent unit (Orvieto et al. 2023, arXiv 2303.06349):
 *
 * <pre>
 * x' = lambda x + gamma B u        lambda = exp(-exp(nu_log) + i exp(theta_log)),  gamma = exp(gamma_log)
 * y  = Re(C x) + D u
 * </pre>
 */
public final class LruArchitecture implements SsmArchitecture {

    @Override
    public String name() {
        return "lru";
    }

    @Override
    public boolean accepts(ModelConfig config) {
        return config.text("model_type", "").equals("lru");
    }

    @Override
    public Set<String> signature() {
        return Set.of("nu_log", "theta_log", "gamma_log", "B_re", "B_im", "C_re", "C_im", "D");
    }

    @Override
    public SsmModel build(ModelConfig config, Tensors weights) {
        int width = weights.info("D").length();
        int modes = weights.info("nu_log").length();
        PlanWriter writer = new PlanWriter(width, weights);
        Register out =
                new ModalLayer(
                                Complex.parts(
                                        weights.doubles("B_re", modes, width),
                                        weights.doubles("B_im", modes, width)),
                                Complex.parts(
                                        weights.doubles("C_re", width, modes),
                                        weights.doubles("C_im", width, modes)),
                                weights.floats("D", width),
                                stepping(config, weights, modes))
                        .write(writer);
        OutputLayout outputs = new Head(config, writer).outputs(out, "decoder");
        return config.model(name(), writer.plan().build(outputs));
    }

    private static Stepping stepping(ModelConfig config, Tensors weights, int modes) {
        double[] nu = weights.doubles("nu_log", modes);
        double[] theta = weights.doubles("theta_log", modes);
        double[] gamma = weights.doubles("gamma_log", modes);
        Complex[] poles = new Complex[modes];
        for (int p = 0; p < modes; p++) {
            poles[p] = new Complex(-Math.exp(nu[p]), Math.exp(theta[p]));
            gamma[p] = Math.exp(gamma[p]);
        }
        return new Stepping(
                new UnitSystem(poles, gamma), config.timeMode(), config.number("step_seconds", 1));
    }
}
