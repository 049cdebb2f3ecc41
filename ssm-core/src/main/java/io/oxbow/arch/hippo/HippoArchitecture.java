package io.oxbow.arch.hippo;

import io.oxbow.arch.Head;
import io.oxbow.arch.ModelConfig;
import io.oxbow.arch.ModelException;
import io.oxbow.arch.PlanWriter;
import io.oxbow.arch.SsmArchitecture;
import io.oxbow.model.SsmModel;
import io.oxbow.plan.LegsRecurrence;
import io.oxbow.plan.OutputLayout;
import io.oxbow.plan.Register;
import io.oxbow.plan.StepPlan;
import io.oxbow.plan.Stepping;
import io.oxbow.plan.TimedRecurrence;
import io.oxbow.safetensors.Tensors;
import java.util.Locale;

/**
 * A HiPPO memory per input channel, without weights: {@code order} coefficients of the channel's
 * past in a polynomial or Fourier basis. Output {@link OutputLayout#EMBEDDING}: (channels * order),
 * channel-major.
 *
 * <p>Config: {@code model_type} hippo, {@code measure} legs | legt | fout, {@code order} or {@code
 * N}, {@code input_dim}, {@code discretization} bilinear | zoh | backward, and for legt and fout
 * {@code dt}, one step as a share of the window.
 */
public final class HippoArchitecture implements SsmArchitecture {
    private static final int MAX_ORDER = 1024;
    private static final int MAX_COEFFICIENTS = 1 << 24;

    @Override
    public String name() {
        return "hippo";
    }

    @Override
    public boolean accepts(ModelConfig config) {
        return config.text("model_type", "").equals("hippo");
    }

    @Override
    public SsmModel build(ModelConfig config, Tensors weights) {
        HippoMeasure measure =
                HippoMeasure.valueOf(upper(config.choice("measure", "legs", "legt", "fout")));
        String rule = upper(config.choice("discretization", "bilinear", "zoh", "backward"));
        int channels = config.positive("input_dim", 1);
        int order = config.has("order") ? config.positive("order") : config.positive("N");
        if (order > MAX_ORDER || (long) order * channels > MAX_COEFFICIENTS) {
            throw new ModelException(
                    "model '"
                            + config.name()
                            + "': "
                            + channels
                            + " memories of order "
                            + order
                            + " are more than an event can carry; the order may be "
                            + MAX_ORDER);
        }
        PlanWriter writer = new PlanWriter(channels, weights);
        StepPlan.Builder plan = writer.plan();
        Register memories = plan.register("memories", channels * order);
        if (measure == HippoMeasure.LEGS) {
            config.onlyPerEvent("LegS counts events; take legt or fout for event time");
            addLegs(plan, memories, order, LegsRecurrence.Rule.valueOf(rule));
        } else {
            addWindow(plan, memories, order, stepping(config, measure, order, rule));
        }
        OutputLayout outputs = new Head(config, writer).outputs(memories, "decoder");
        return config.model(name(), plan.build(outputs));
    }

    private static void addLegs(
            StepPlan.Builder plan, Register memories, int order, LegsRecurrence.Rule rule) {
        int channels = plan.input().width();
        plan.add(
                new LegsRecurrence(
                        plan.input(),
                        memories,
                        plan.state().f32("memory", channels, order),
                        plan.state().f32("memory.low", channels, order),
                        plan.state().i64("steps"),
                        rule));
    }

    private static void addWindow(
            StepPlan.Builder plan, Register memories, int order, Stepping stepping) {
        plan.add(
                new TimedRecurrence(
                        plan.input(),
                        memories,
                        plan.state().f32("memory", plan.input().width(), order),
                        stepping));
    }

    private static Stepping stepping(
            ModelConfig config, HippoMeasure measure, int order, String rule) {
        double dt = config.number("dt");
        if (!(dt > 0 && dt < 1)) {
            throw new ModelException(
                    "model '"
                            + config.name()
                            + "': dt is "
                            + dt
                            + "; it is one step as a share of the window, between 0 and 1");
        }
        return new Stepping(
                new WindowSystem(
                        Discretised.Rule.valueOf(rule), measure.a(order), measure.b(order), dt),
                config.timeMode(),
                config.number("step_seconds", 1));
    }

    private static String upper(String word) {
        return word.toUpperCase(Locale.ROOT);
    }
}
