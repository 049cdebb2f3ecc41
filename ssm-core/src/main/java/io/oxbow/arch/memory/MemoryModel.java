package io.oxbow.arch.memory;

import io.oxbow.model.SsmModel;
import io.oxbow.model.StateLayout.Segment;
import io.oxbow.model.TimeMode;
import io.oxbow.plan.AnomalyScore;
import io.oxbow.plan.AverageContrast;
import io.oxbow.plan.CalendarFeatures;
import io.oxbow.plan.CalendarFeatures.Cycle;
import io.oxbow.plan.ChannelFeatures;
import io.oxbow.plan.Denormalizer;
import io.oxbow.plan.DenseRecurrence;
import io.oxbow.plan.EvidencePool;
import io.oxbow.plan.ExtremesEvidence;
import io.oxbow.plan.HorizonReadout;
import io.oxbow.plan.LagWindow;
import io.oxbow.plan.OnlineReadout;
import io.oxbow.plan.OutputLayout;
import io.oxbow.plan.Register;
import io.oxbow.plan.RelativeSize;
import io.oxbow.plan.RunningNormalizer;
import io.oxbow.plan.StateNovelty;
import io.oxbow.plan.StepPlan;
import io.oxbow.plan.SurpriseCalibration;
import io.oxbow.plan.TailEvidence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The built-in model {@code memory}: learns each stream from its own past, without training.
 *
 * <pre>
 *  x -> normalise -> u -+-> windows (LegT) --+
 *                       +-> lags ------------+-> features -> online readout -> forecast
 *                       |                    |         \-> horizon readout: what it looks ahead by
 *        event time ------> calendar --------+                    |
 *                       |                                         v error
 *  x -> extremes --+    +-> size of u -> tail --+          size of error -> tail
 *                  |    +-> level contrast -> extremes --+          |
 *                  +----------- evidence pool <----------+----------+
 *                                     |
 *                              calibration -> score, p-value
 * </pre>
 *
 * Outputs: score (1), pValue (1), forecast (channels) in input units, attribution (channels) in
 * standard errors of the forecast, embedding (channels * order of the longest window).
 */
public final class MemoryModel {
    /** Name of the model and of its architecture. */
    public static final String NAME = "memory";

    private static final long DAY_MILLIS = 86_400_000L;
    private static final float LIMIT = 4;
    private static final float CAP = 3;
    private static final float[] WEIGHTS = {2, 2, 0.5f, 1};
    private static final float MOST_EVIDENCE = CAP * 5.5f;
    private static final float LEAST_ALERT = 3;
    private static final int PEAK_BLOCK = 30;
    private static final int PEAK_BLOCKS = 4;
    private static final int CANDIDATE_EVERY = 16;
    private static final int CANDIDATES = 4;
    private static final int SHAPE_WARM_UP = 300;
    private static final double STRETCH = 50;
    private static final float FARTHEST = 1e6f;
    private static final int EXTREMES_WARM_UP = 50;
    private static final int TAIL_WARM_UP = 50;
    private static final double ERROR_TAIL = 0.02;
    private static final double VALUE_TAIL = 0.05;
    private static final double FAST = 8;
    private static final double SLOW = 192;

    private final MemoryConfig config;
    private final StepPlan.Builder plan;
    private final int channels;

    private MemoryModel(MemoryConfig config) {
        this.config = config;
        this.channels = config.channels();
        this.plan = StepPlan.builder(channels);
    }

    public static SsmModel build(MemoryConfig config) {
        return new SsmModel(
                NAME,
                NAME,
                new MemoryModel(config).plan(),
                TimeMode.PER_EVENT,
                config.fingerprint(),
                OptionalLong.empty());
    }

    private StepPlan plan() {
        Register input = plan.input();
        Register u = plan.register("normalised", channels);
        Register mean = plan.register("mean", channels);
        Register deviation = plan.register("deviation", channels);
        plan.add(
                new RunningNormalizer(
                        input,
                        u,
                        mean,
                        deviation,
                        plan.state().f32("moments", 2, channels),
                        plan.state().i64("normaliser steps"),
                        LIMIT,
                        config.adaptation()));

        List<Register> memories = remember(u);
        Register features = features(u, memories);
        OnlineReadout readout = readout(u, features);
        Register forecast = plan.register("forecast", channels);
        plan.add(readout);
        plan.add(new Denormalizer(readout.prediction(), mean, deviation, forecast, LIMIT));
        Optional<HorizonReadout> ahead =
                new LookAhead(config, plan).of(features, u, mean, deviation, readout, LIMIT);
        ahead.ifPresent(plan::add);

        TailEvidence errorTail = tail("error tail", readout.error(), ERROR_TAIL);
        TailEvidence valueTail = tail("value tail", u, VALUE_TAIL);
        Register evidence = evidence(u, errorTail, valueTail);
        SurpriseCalibration calibration = calibration(evidence);
        plan.add(calibration);
        Register score = score(evidence, sizes(u, readout.surprise(), memories));

        OutputLayout outputs =
                OutputLayout.builder()
                        .add(OutputLayout.SCORE, score)
                        .add(OutputLayout.P_VALUE, calibration.pValue())
                        .add(OutputLayout.FORECAST, forecast)
                        .add(OutputLayout.ATTRIBUTION, readout.surprise())
                        .add(OutputLayout.EMBEDDING, memories.get(memories.size() - 1))
                        .build();
        return plan.build(
                outputs,
                row -> {
                    readout.initialise(row);
                    ahead.ifPresent(readoutAhead -> readoutAhead.initialise(row));
                    errorTail.initialise(row);
                    valueTail.initialise(row);
                    calibration.initialise(row);
                });
    }

    private List<Register> remember(Register u) {
        List<Register> memories = new ArrayList<>();
        for (MemoryConfig.Window window : config.windows()) {
            String name = "memory " + window;
            LegendreWindow step = LegendreWindow.of(window.order(), window.samples());
            Register memory = plan.register(name, channels * window.order());
            Segment state = plan.state().f32(name, channels, window.order());
            plan.add(new DenseRecurrence(u, memory, state, step.a(), step.b()));
            memories.add(memory);
        }
        return memories;
    }

    private Register features(Register u, List<Register> memories) {
        List<Register> own = new ArrayList<>(memories);
        Register lags = plan.register("lags", channels * config.lags());
        plan.add(new LagWindow(u, lags, plan.state().f32("lags", channels, config.lags())));
        own.add(lags);
        List<Register> shared = new ArrayList<>();
        List<Cycle> cycles = new ArrayList<>();
        if (config.dailyHarmonics() > 0) {
            cycles.add(new Cycle(DAY_MILLIS, config.dailyHarmonics()));
        }
        if (config.weeklyHarmonics() > 0) {
            cycles.add(new Cycle(7 * DAY_MILLIS, config.weeklyHarmonics()));
        }
        if (!cycles.isEmpty()) {
            int width = 2 * (config.dailyHarmonics() + config.weeklyHarmonics());
            Register calendar = plan.register("calendar", width);
            plan.add(new CalendarFeatures(calendar, cycles));
            shared.add(calendar);
        }
        Register features = plan.register("features", channels * config.features());
        plan.add(new ChannelFeatures(own, shared, features, channels));
        return features;
    }

    private OnlineReadout readout(Register u, Register features) {
        int d = config.features();
        return new OnlineReadout(
                features,
                u,
                plan.register("prediction", channels),
                plan.register("error", channels),
                plan.register("surprise", channels),
                plan.state().f32("readout weights", channels, d),
                plan.state().f32("readout covariance", channels, OnlineReadout.packedLength(d)),
                plan.state().f32("last features", channels, d),
                plan.state().f32("error scale", channels),
                plan.state().i64("readout steps"),
                config.forgetting(),
                config.ridge(),
                config.huber(),
                LIMIT);
    }

    private TailEvidence tail(String name, Register in, double level) {
        TailEvidence tail =
                new TailEvidence(
                        in,
                        plan.register(name, channels),
                        plan.state().f32(name, 2, channels),
                        plan.state().i64(name + " steps"),
                        level,
                        config.adaptation(),
                        TAIL_WARM_UP,
                        CAP);
        plan.add(tail);
        return tail;
    }

    private Register evidence(Register u, TailEvidence errorTail, TailEvidence valueTail) {
        Register values = extremes("value extremes", plan.input());
        Register contrast = plan.register("contrast", channels);
        plan.add(
                new AverageContrast(
                        u, contrast, plan.state().f32("averages", 2, channels), FAST, SLOW));
        Register levels = extremes("contrast extremes", contrast);
        Register evidence = plan.register("evidence", 1);
        plan.add(
                new EvidencePool(
                        List.of(values, levels, errorTail.out(), valueTail.out()),
                        WEIGHTS,
                        evidence));
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
                        EXTREMES_WARM_UP,
                        CAP));
        return out;
    }

    /** How unusual the present stretch is, by five measures, each 1 where all is as usual. */
    private List<Register> sizes(Register u, Register surprise, List<Register> memories) {
        MemoryConfig.Shapes shapes = config.shapes();
        int last = memories.size() - 1;
        List<Register> sizes = new ArrayList<>();
        Register distance = novelty("shape", memories.subList(last, last + 1));
        sizes.add(size("shape size", distance, RelativeSize.Kind.PRESENT, SHAPE_WARM_UP, FARTHEST));
        if (shapes.brief() && last > 0) {
            Register brief = novelty("brief shape", memories.subList(0, last));
            sizes.add(
                    size(
                            "brief shape size",
                            brief,
                            RelativeSize.Kind.PEAK,
                            SHAPE_WARM_UP,
                            FARTHEST));
        }
        int warmUp = config.warmUp();
        sizes.add(size("size", u, RelativeSize.Kind.AVERAGE_SIZE, warmUp, LIMIT));
        sizes.add(size("shift", u, RelativeSize.Kind.SIZE_OF_AVERAGE, warmUp, LIMIT));
        sizes.add(size("surprise size", surprise, RelativeSize.Kind.AVERAGE_SIZE, warmUp, LIMIT));
        return sizes;
    }

    private Register novelty(String name, List<Register> memories) {
        int coefficients = config.shapes().coefficients();
        int dimensions = StateNovelty.dimensions(memories, channels, coefficients);
        Register out = plan.register(name, 1);
        plan.add(
                new StateNovelty(
                        memories,
                        channels,
                        coefficients,
                        out,
                        plan.state().f32(name + " sample", config.shapes().places(), dimensions),
                        plan.state().f32(name + " candidates", CANDIDATES, dimensions),
                        plan.state().f32(name + " moments", 2, dimensions),
                        plan.state().i64(name + " steps"),
                        CANDIDATE_EVERY,
                        config.adaptation()));
        return out;
    }

    private Register size(
            String name, Register in, RelativeSize.Kind kind, int warmUp, float limit) {
        Register out = plan.register(name, in.width());
        plan.add(
                new RelativeSize(
                        in,
                        out,
                        plan.state().f32(name, 3, in.width()),
                        plan.state().i64(name + " steps"),
                        kind,
                        STRETCH,
                        limit,
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

    private SurpriseCalibration calibration(Register evidence) {
        return new SurpriseCalibration(
                evidence,
                plan.register("p-value", 1),
                plan.state().f32("evidence quantiles", SurpriseCalibration.LEVELS.size() + 1),
                plan.state().i64("calibration steps"),
                config.adaptation(),
                config.warmUp());
    }
}
