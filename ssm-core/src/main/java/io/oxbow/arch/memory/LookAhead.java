package io.oxbow.arch.memory;

import io.oxbow.arch.memory.MemoryConfig.Ahead;
import io.oxbow.plan.HorizonReadout;
import io.oxbow.plan.OnlineReadout;
import io.oxbow.plan.Register;
import io.oxbow.plan.StepPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The part of the model {@code memory} that forecasts many tokens. */
final class LookAhead {
    private final MemoryConfig config;
    private final StepPlan.Builder plan;

    LookAhead(MemoryConfig config, StepPlan.Builder plan) {
        this.config = config;
        this.plan = plan;
    }

    /**
     * Adds its segments to the plan; empty if nothing is to be forecast.
     *
     * @param readout keeps the features of the last token
     */
    Optional<HorizonReadout> of(
            Register features,
            Register u,
            Register mean,
            Register deviation,
            OnlineReadout readout,
            float limit) {
        Ahead ahead = config.ahead();
        int horizon = ahead.horizon();
        if (horizon == 0) {
            return Optional.empty();
        }
        int d = config.features();
        int channels = config.channels();
        int groups = ahead.shared() ? 1 : channels;
        int waiting = HorizonReadout.waiting(horizon, ahead.every());
        return Optional.of(
                new HorizonReadout(
                        features,
                        u,
                        mean,
                        deviation,
                        readout.last(),
                        plan.state().f32("horizon weights", groups, d, horizon),
                        plan.state()
                                .f32("horizon covariance", groups, OnlineReadout.packedLength(d)),
                        plan.state().f32("horizon origins", waiting, groups, d),
                        plan.state().f32("horizon values", channels, horizon),
                        plan.state().f32("horizon scales", channels, horizon),
                        plan.state().f32("horizon units", 2, channels),
                        plan.state().i64("horizon steps"),
                        levels(),
                        ahead.every(),
                        Math.pow(ahead.forgetting(), ahead.every()),
                        config.ridge(),
                        config.huber(),
                        limit));
    }

    /** The latest value, then the means of the windows and the other lags. */
    private List<Integer> levels() {
        int lags = 1 + config.windows().stream().mapToInt(MemoryConfig.Window::order).sum();
        List<Integer> levels = new ArrayList<>(List.of(lags));
        int at = 1;
        for (MemoryConfig.Window window : config.windows()) {
            levels.add(at);
            at += window.order();
        }
        for (int lag = 1; lag < config.lags(); lag++) {
            levels.add(lags + lag);
        }
        return levels;
    }
}
