package io.oxbow.arch.memory;

import io.oxbow.model.SsmModel;
import io.oxbow.model.StateLayout.Segment;
import io.oxbow.model.TimeMode;
import io.oxbow.plan.CalendarFeatures;
import io.oxbow.plan.CalendarFeatures.Cycle;
import io.oxbow.plan.ChannelFeatures;
import io.oxbow.plan.Denormalizer;
import io.oxbow.plan.DenseRecurrence;
import io.oxbow.plan.ForecastSurprise;
import io.oxbow.plan.HorizonReadout;
import io.oxbow.plan.LagWindow;
import io.oxbow.plan.OnlineReadout;
import io.oxbow.plan.OutputLayout;
import io.oxbow.plan.Register;
import io.oxbow.plan.RunningNormalizer;
import io.oxbow.plan.StepPlan;
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
 *                                                                 v
 *                   x, u, windows, x - forecast -> judgement -> score, p-value
 * </pre>
 *
 * Outputs: score (1), pValue (1), forecast (channels) in input units, attribution (channels), the
 * distance from the forecast in standard errors of it, evidence (2, kinds), what the p-value rests
 * on, embedding (channels * order of the longest window).
 */
public final class MemoryModel {
    /** Name of the model and of its architecture. */
    public static final String NAME = "memory";

    private static final long DAY_MILLIS = 86_400_000L;
    private static final float LIMIT = 4;

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

        ForecastSurprise surprise =
                new ForecastSurprise(
                        input,
                        forecast,
                        deviation,
                        plan.register("surprise of the forecast", channels),
                        plan.state().f32("forecast error scale", channels),
                        plan.state().i64("forecast error steps"),
                        config.huber(),
                        1 - config.forgetting());
        plan.add(surprise);
        Judgement judgement = new Judgement(config, plan, u, surprise.out(), memories);

        OutputLayout outputs =
                OutputLayout.builder()
                        .add(OutputLayout.SCORE, judgement.score())
                        .add(OutputLayout.P_VALUE, judgement.pValue())
                        .add(OutputLayout.FORECAST, forecast)
                        .add(OutputLayout.ATTRIBUTION, surprise.out())
                        .add(OutputLayout.EVIDENCE, judgement.kinds())
                        .add(OutputLayout.EMBEDDING, memories.get(memories.size() - 1))
                        .build();
        return plan.build(
                outputs,
                row -> {
                    readout.initialise(row);
                    ahead.ifPresent(readoutAhead -> readoutAhead.initialise(row));
                    surprise.initialise(row);
                    judgement.initialise(row);
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
}
