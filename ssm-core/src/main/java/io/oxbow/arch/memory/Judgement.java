package io.oxbow.arch.memory;

import io.oxbow.model.StateRows;
import io.oxbow.plan.AnomalyScore;
import io.oxbow.plan.AverageContrast;
import io.oxbow.plan.Clamp;
import io.oxbow.plan.EvidencePool;
import io.oxbow.plan.ExtremesEvidence;
import io.oxbow.plan.Maximum;
import io.oxbow.plan.Register;
import io.oxbow.plan.RelativeSize;
import io.oxbow.plan.StateNovelty;
import io.oxbow.plan.StepPlan;
import io.oxbow.plan.SurpriseCalibration;
import io.oxbow.plan.TailEvidence;
import java.util.ArrayList;
import java.util.List;

/**
 * The part of the model that says how unusual a token is: its p-value and its score.
 *
 * <pre>
 *  x -> extremes --------------------+
 *  level contrast -> extremes -------+
 *  size of u -> tail ----------------+-> pool: value ------> calibration --+
 *         +-------- at most a cap ---+          |                          +-> strongest
 *  size of surprise -> tail -----------> pool: error -> calibration -------+        |
 *                                               |              |               calibration
 *                                               +- strongest --+                    |
 *           sizes of shapes and level -> score <-+                               p-value
 * </pre>
 *
 * A value that the stream has had before, but not now, is evidence of the error alone: were the two
 * kinds added, the ordinary value would outvote the extraordinary error.
 */
final class Judgement {
    private static final float CAP = 3;
    private static final float MOST_DIGITS = 30;
    private static final float[] VALUE_WEIGHTS = {2, 2, 0.5f, 1};
    private static final float MOST_EVIDENCE = CAP * 5.5f;
    private static final float LEAST_ALERT = 3.5f;
    private static final int PEAK_BLOCK = 30;
    private static final int PEAK_BLOCKS = 4;
    private static final int CANDIDATE_EVERY = 64;
    private static final int CANDIDATES = 2;
    private static final int SHAPE_WARM_UP = 300;
    private static final double STRETCH = 50;
    private static final float FARTHEST = 1e6f;
    private static final int EVIDENCE_WARM_UP = 50;
    private static final double ERROR_TAIL = 0.02;
    private static final double VALUE_TAIL = 0.05;
    private static final double FAST = 8;
    private static final double SLOW = 192;

    private final MemoryConfig config;
    private final StepPlan.Builder plan;
    private final int channels;
    private final Register score;
    private final TailEvidence errorTail;
    private final TailEvidence valueTail;
    private final SurpriseCalibration valueCalibration;
    private final SurpriseCalibration errorCalibration;
    private final SurpriseCalibration calibration;

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
        this.errorTail = tail("error tail", surprise, ERROR_TAIL, MOST_DIGITS);
        this.valueTail = tail("value tail", u, VALUE_TAIL, CAP);
        Register value = valueEvidence(u);
        Register error = plan.register("error evidence", 1);
        plan.add(new EvidencePool(List.of(errorTail.out()), new float[] {1}, error));
        this.valueCalibration = calibration("value", value);
        this.errorCalibration = calibration("error", error);
        Register strongest =
                strongest("strongest", valueCalibration.digits(), errorCalibration.digits());
        this.calibration = calibration("strongest", strongest);
        Register alerting = strongest("alerting", value, errorCalibration.digits());
        this.score = score(alerting, sizes(u, memories));
    }

    Register pValue() {
        return calibration.pValue();
    }

    Register score() {
        return score;
    }

    /** Writes the state before the first token. */
    void initialise(StateRows row) {
        errorTail.initialise(row);
        valueTail.initialise(row);
        valueCalibration.initialise(row);
        errorCalibration.initialise(row);
        calibration.initialise(row);
    }

    private TailEvidence tail(String name, Register in, double level, float cap) {
        TailEvidence tail =
                new TailEvidence(
                        in,
                        plan.register(name, channels),
                        plan.state().f32(name, 2, channels),
                        plan.state().i64(name + " steps"),
                        level,
                        config.adaptation(),
                        EVIDENCE_WARM_UP,
                        cap);
        plan.add(tail);
        return tail;
    }

    private Register valueEvidence(Register u) {
        Register values = extremes("value extremes", plan.input());
        Register contrast = plan.register("contrast", channels);
        plan.add(
                new AverageContrast(
                        u, contrast, plan.state().f32("averages", 2, channels), FAST, SLOW));
        Register levels = extremes("contrast extremes", contrast);
        Register errors = plan.register("capped error tail", channels);
        plan.add(new Clamp(errorTail.out(), errors, 0, CAP));
        Register evidence = plan.register("value evidence", 1);
        plan.add(
                new EvidencePool(
                        List.of(values, levels, errors, valueTail.out()), VALUE_WEIGHTS, evidence));
        return evidence;
    }

    private Register extremes(String name, Register in) {
        Register out = plan.register(name, channels);
        plan.add(
                new ExtremesEvidence(
                        in,
                        out,
                        plan.state().f32(name, 2, channels),
                        plan.state().i64(name + " steps"),
                        EVIDENCE_WARM_UP,
                        CAP));
        return out;
    }

    private SurpriseCalibration calibration(String name, Register evidence) {
        SurpriseCalibration calibrated =
                new SurpriseCalibration(
                        evidence,
                        plan.register(name + " digits", 1),
                        plan.register(name + " p-value", 1),
                        plan.state().f32(name + " quantiles", SurpriseCalibration.FLOATS),
                        plan.state().i64(name + " calibration steps"),
                        config.adaptation(),
                        EVIDENCE_WARM_UP,
                        config.warmUp());
        plan.add(calibrated);
        return calibrated;
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
