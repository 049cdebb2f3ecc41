package io.oxbow.arch.memory;

import io.oxbow.model.StateRows;
import io.oxbow.plan.AverageContrast;
import io.oxbow.plan.DensityEvidence;
import io.oxbow.plan.EvidencePool;
import io.oxbow.plan.ExtremesEvidence;
import io.oxbow.plan.FlatlineEvidence;
import io.oxbow.plan.Register;
import io.oxbow.plan.StepPlan;
import io.oxbow.plan.SurpriseCalibration;
import io.oxbow.plan.TailEvidence;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The kinds of evidence of the model {@code memory}, each (channels), and how they are weighed. */
final class Evidence {
    /** Largest evidence of a kind that is added to others. */
    static final float CAP = 3;

    private static final float MOST_DIGITS = 30;
    private static final int BINS = 16;
    private static final int EVIDENCE_WARM_UP = 50;
    private static final double ERROR_TAIL = 0.02;
    private static final double VALUE_TAIL = 0.05;
    private static final double FAST = 8;
    private static final double SLOW = 192;

    private final MemoryConfig config;
    private final StepPlan.Builder plan;
    private final int channels;
    private final List<Consumer<StateRows>> beginnings = new ArrayList<>();

    /** Adds its operations to {@code plan}. */
    Evidence(MemoryConfig config, StepPlan.Builder plan) {
        this.config = config;
        this.plan = plan;
        this.channels = config.channels();
    }

    /** Writes the state before the first token. */
    void initialise(StateRows row) {
        beginnings.forEach(beginning -> beginning.accept(row));
    }

    private Register tail(String name, Register in, double level, float cap) {
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
        beginnings.add(tail::initialise);
        return tail.out();
    }

    /** How far each channel lies beyond all before. */
    Register range() {
        return extremes("value extremes", plan.input());
    }

    /** How far a channel's present level lies beyond all before. */
    Register level(Register u) {
        Register contrast = plan.register("contrast", channels);
        plan.add(
                new AverageContrast(
                        u, contrast, plan.state().f32("averages", 2, channels), FAST, SLOW));
        return extremes("contrast extremes", contrast);
    }

    Register size(Register u) {
        return tail("value tail", u, VALUE_TAIL, CAP);
    }

    Register forecast(Register surprise) {
        return tail("error tail", surprise, ERROR_TAIL, MOST_DIGITS);
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

    Register flatline() {
        Register out = plan.register("flatline", channels);
        plan.add(
                new FlatlineEvidence(
                        plan.input(),
                        out,
                        plan.state().f32("flatline", 4, channels),
                        plan.state().i64("flatline steps"),
                        config.adaptation(),
                        EVIDENCE_WARM_UP,
                        MOST_DIGITS));
        return out;
    }

    Register density() {
        Register out = plan.register("density", channels);
        plan.add(
                new DensityEvidence(
                        plan.input(),
                        out,
                        plan.state().f32("density bounds", 2, channels),
                        plan.state().f32("density counts", channels, BINS),
                        plan.state().i64("density steps"),
                        config.adaptation(),
                        EVIDENCE_WARM_UP,
                        MOST_DIGITS));
        return out;
    }

    /** All channels' evidence as one number. */
    Register pooled(String name, List<Register> terms, float... weights) {
        Register out = plan.register(name + " evidence", 1);
        plan.add(new EvidencePool(terms, weights, out));
        return out;
    }

    /** The p-value of one number among its own past. */
    SurpriseCalibration calibration(String name, Register evidence) {
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
        beginnings.add(calibrated::initialise);
        return calibrated;
    }
}
