package io.oxbow.arch.memory;

import io.oxbow.model.StateRows;
import io.oxbow.plan.AnomalyScore;
import io.oxbow.plan.Clamp;
import io.oxbow.plan.EvidenceKind;
import io.oxbow.plan.EvidenceKinds;
import io.oxbow.plan.EvidenceKinds.Part;
import io.oxbow.plan.Maximum;
import io.oxbow.plan.OutputLayout;
import io.oxbow.plan.Register;
import io.oxbow.plan.RelativeSize;
import io.oxbow.plan.StateNovelty;
import io.oxbow.plan.StepPlan;
import java.util.ArrayList;
import java.util.List;

/**
 * The part of the model that says how unusual a token is: its p-value and its score.
 *
 * <pre>
 *  x -> extremes ------------------+
 *  level contrast -> extremes -----+
 *  size of u -> tail --------------+-> pool: value ----------> calibration -+
 *         +------ at most a cap ---+          |                             |
 *  size of surprise -> tail ---------> pool: error -> calibration ----------+
 *  x -> histogram: density ----------> pool --------> calibration ----------+
 *  x -> repeats: flatline -----------> pool --------> calibration ----------+-> strongest
 *                                             |            |                         |
 *                     value, error, density: strongest ----+                    calibration
 *                                             |                                      |
 *        sizes of shapes and level -> score <-+                                   p-value
 * </pre>
 *
 * A value that the stream has had before, but not now, is evidence of the error alone: were the two
 * kinds added, the ordinary value would outvote the extraordinary error. So each kind that can
 * speak alone is calibrated alone.
 *
 * <p>A flatline makes no alert of the score, which tells of the first token of something: a channel
 * that rests is found by the p-value, within a few tokens.
 */
final class Judgement {
    /** Of range, level, size, and the error's part. */
    private static final float[] VALUE_WEIGHTS = {2, 2, 1, 0.5f};

    private static final float MOST_EVIDENCE = Evidence.CAP * 5.5f;
    private static final float LEAST_ALERT = 3.5f;
    private static final int PEAK_BLOCK = 30;
    private static final int PEAK_BLOCKS = 4;
    private static final int CANDIDATE_EVERY = 64;
    private static final int CANDIDATES = 2;
    private static final int SHAPE_WARM_UP = 300;
    private static final double STRETCH = 50;
    private static final float FARTHEST = 1e6f;

    private final MemoryConfig config;
    private final StepPlan.Builder plan;
    private final int channels;
    private final Evidence evidence;
    private final Register score;
    private final Register pValue;
    private final Register kinds;

    /**
     * Adds its operations to {@code plan}.
     *
     * @param u (channels), the normalised input
     * @param surprise (channels), distances from the forecast in standard errors
     * @param memories shortest window first
     */
    Judgement(
            MemoryConfig config,
            StepPlan.Builder plan,
            Register u,
            Register surprise,
            List<Register> memories) {
        this.config = config;
        this.plan = plan;
        this.channels = config.channels();
        this.evidence = new Evidence(config, plan);
        Register range = evidence.range();
        Register level = evidence.level(u);
        Register size = evidence.size(u);
        Register error = evidence.forecast(surprise);
        Register flatline = evidence.flatline();
        Register density = evidence.density();
        Register values =
                evidence.pooled("value", List.of(range, level, size, capped(error)), VALUE_WEIGHTS);

        Register valueDigits = evidence.calibration("value", values).digits();
        Register errorDigits = alone("error", error);
        Register flatlineDigits = alone("flatline", flatline);
        Register densityDigits = alone("density", density);
        Register told = strongest("error or density", errorDigits, densityDigits);
        Register moving = strongest("or value", told, valueDigits);
        Register strongest = strongest("strongest", moving, flatlineDigits);
        this.pValue = evidence.calibration("strongest", strongest).pValue();
        this.score = score(strongest("alerting", values, told), sizes(u, memories));
        this.kinds = plan.register("evidence kinds", 2 * EvidenceKind.values().length);
        plan.add(
                new EvidenceKinds(
                        List.of(
                                new Part(valueDigits, range, VALUE_WEIGHTS[0]),
                                new Part(valueDigits, level, VALUE_WEIGHTS[1]),
                                new Part(valueDigits, size, VALUE_WEIGHTS[2]),
                                new Part(errorDigits, error, 1),
                                new Part(flatlineDigits, flatline, 1),
                                new Part(densityDigits, density, 1)),
                        kinds));
    }

    Register pValue() {
        return pValue;
    }

    /** See {@link OutputLayout#EVIDENCE}. */
    Register kinds() {
        return kinds;
    }

    Register score() {
        return score;
    }

    /** Writes the state before the first token. */
    void initialise(StateRows row) {
        evidence.initialise(row);
    }

    private Register capped(Register error) {
        Register out = plan.register("capped error tail", channels);
        plan.add(new Clamp(error, out, 0, Evidence.CAP));
        return out;
    }

    private Register alone(String name, Register term) {
        return evidence.calibration(name, evidence.pooled(name, List.of(term), 1)).digits();
    }

    private Register strongest(String name, Register left, Register right) {
        Register out = plan.register(name, 1);
        plan.add(new Maximum(left, right, out));
        return out;
    }

    /** How unusual the present stretch is, by its shapes and its level, each 1 where as usual. */
    private List<Register> sizes(Register u, List<Register> memories) {
        List<Register> sizes = new ArrayList<>();
        int last = memories.size() - 1;
        for (int i = config.shapes().brief() ? 0 : last; i <= last; i++) {
            String name = "shape " + i;
            RelativeSize.Kind kind = i < last ? RelativeSize.Kind.PEAK : RelativeSize.Kind.PRESENT;
            Register distance = novelty(name, memories.get(i));
            sizes.add(size(name + " size", distance, kind, SHAPE_WARM_UP));
        }
        sizes.add(size("shift", u, RelativeSize.Kind.SIZE_OF_AVERAGE, config.warmUp()));
        return sizes;
    }

    private Register novelty(String name, Register memory) {
        MemoryConfig.Shapes shapes = config.shapes();
        int dimensions = StateNovelty.dimensions(memory, channels, shapes.coefficients());
        Register out = plan.register(name, 1);
        plan.add(
                new StateNovelty(
                        memory,
                        channels,
                        shapes.coefficients(),
                        out,
                        plan.state().f32(name + " sample", shapes.places(), dimensions),
                        plan.state().f32(name + " candidates", CANDIDATES, dimensions),
                        plan.state().f32(name + " moments", 2, dimensions),
                        plan.state().i64(name + " steps"),
                        CANDIDATE_EVERY,
                        config.adaptation()));
        return out;
    }

    private Register size(String name, Register in, RelativeSize.Kind kind, int warmUp) {
        Register out = plan.register(name, in.width());
        plan.add(
                new RelativeSize(
                        in,
                        out,
                        plan.state().f32(name, 3, in.width()),
                        plan.state().i64(name + " steps"),
                        kind,
                        STRETCH,
                        FARTHEST,
                        config.adaptation(),
                        warmUp));
        return out;
    }

    private Register score(Register evidence, List<Register> sizes) {
        Register score = plan.register("score", 1);
        plan.add(
                new AnomalyScore(
                        evidence,
                        sizes,
                        score,
                        plan.state().f32("evidence peaks", PEAK_BLOCKS),
                        plan.state().i64("score steps"),
                        PEAK_BLOCK,
                        LEAST_ALERT,
                        MOST_EVIDENCE,
                        config.warmUp()));
        return score;
    }
}
