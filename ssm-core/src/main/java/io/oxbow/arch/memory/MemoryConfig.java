package io.oxbow.arch.memory;

import io.oxbow.model.Fingerprint;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What the built-in model {@code memory} keeps of each stream, and how fast it learns.
 *
 * <p>State grows with {@code channels * features^2 / 2} floats, where {@code features = 1 + sum of
 * orders + lags + 2 (dailyHarmonics + weeklyHarmonics)}.
 *
 * @param channels floats in a token
 * @param windows memories kept of each channel, shortest first
 * @param lags latest values of each channel that the forecast sees directly
 * @param dailyHarmonics waves of the day, in event time, that the forecast sees; 0 for none
 * @param weeklyHarmonics waves of the week
 * @param forgetting weight of a token relative to the next in learning the forecast, in (0, 1)
 * @param ridge how strongly forecast weights are held to 0
 * @param huber size, in its own scales, past which an error is learned from no more strongly
 * @param adaptation weight of a token in the running moments and tails of a long stream
 * @param warmUp tokens before the first p-value and the first score
 * @param shapes how the present is compared with the past
 * @param ahead how far the stream is forecast
 */
public record MemoryConfig(
        int channels,
        List<Window> windows,
        int lags,
        int dailyHarmonics,
        int weeklyHarmonics,
        double forgetting,
        double ridge,
        double huber,
        double adaptation,
        int warmUp,
        Shapes shapes,
        Ahead ahead) {
    /** Tokens that the defaults forecast. */
    public static final int HORIZON = 12;

    private static final int FEW = 4;

    /** A horizon past which the windows are chosen by it. */
    private static final int LONG = 48;

    /** Bytes of state that {@link #forChannels} keeps within for up to 64 channels. */
    public static final int STATE_BUDGET = 64 * 1024;

    /**
     * One memory.
     *
     * @param order coefficients
     * @param samples length in tokens
     */
    public record Window(int order, double samples) {
        public Window {
            if (order < 1 || order > 64 || !(samples >= 1)) {
                throw new IllegalArgumentException(
                        "a memory window needs an order from 1 to 64 and at least 1 sample; it has "
                                + order
                                + " and "
                                + samples);
            }
        }

        @Override
        public String toString() {
            return order + "@" + samples;
        }
    }

    /**
     * Shapes of the past that the present one is compared with.
     *
     * @param places how many are kept
     * @param coefficients of each window of each channel, leading ones
     * @param brief whether those of the windows before the longest are compared, too
     */
    public record Shapes(int places, int coefficients, boolean brief) {
        public Shapes {
            if (places < 2 || coefficients < 1) {
                throw new IllegalArgumentException(
                        "shapes are compared with at least 2 of the past by at least 1 coefficient;"
                                + " it has "
                                + places
                                + " and "
                                + coefficients);
            }
        }
    }

    /**
     * The forecast of many steps.
     *
     * @param horizon tokens; 0 for none
     * @param every tokens from one that is learned from to the next
     * @param shared whether the channels learn one set of weights together
     * @param forgetting weight of a token relative to the next, in (0, 1)
     */
    public record Ahead(int horizon, int every, boolean shared, double forgetting) {
        /** Longest horizon: its weights are most of a stream's state. */
        public static final int MOST = 1024;

        public Ahead {
            if (horizon < 0 || horizon > MOST) {
                throw new IllegalArgumentException(
                        "a horizon is from 0 to " + MOST + " events; it is " + horizon);
            }
            if (every < 1 || every > Math.max(1, horizon)) {
                throw new IllegalArgumentException(
                        "of a horizon of "
                                + horizon
                                + " events one in 1 to "
                                + horizon
                                + " is learned from, not one in "
                                + every);
            }
            require(forgetting > 0 && forgetting < 1, "forgetting between 0 and 1", forgetting);
        }
    }

    public MemoryConfig {
        windows = List.copyOf(windows);
        require(channels > 0, "at least one channel", channels);
        require(!windows.isEmpty(), "at least one window", windows.size());
        require(lags > 0, "at least one lag", lags);
        require(dailyHarmonics >= 0, "no negative harmonics", dailyHarmonics);
        require(weeklyHarmonics >= 0, "no negative harmonics", weeklyHarmonics);
        require(forgetting > 0 && forgetting < 1, "forgetting between 0 and 1", forgetting);
        require(ridge > 0, "a positive ridge", ridge);
        require(huber > 0, "a positive huber bound", huber);
        require(adaptation > 0 && adaptation < 1, "adaptation between 0 and 1", adaptation);
        require(warmUp > 0, "a warm-up of at least one token", warmUp);
    }

    private static void require(boolean holds, String what, Number given) {
        if (!holds) {
            throw new IllegalArgumentException(
                    "the memory model needs " + what + "; it was given " + given);
        }
    }

    /**
     * The defaults. A stream of few channels gets long windows and the calendar; the more channels,
     * the smaller each one's share, down to one window and one lag.
     */
    public static MemoryConfig forChannels(int channels) {
        return forChannels(channels, HORIZON);
    }

    /**
     * The defaults, with another horizon; 0 for none. Few channels learn their forecast each for
     * itself; more share one, so that their state stays small.
     */
    public static MemoryConfig forChannels(int channels, int horizon) {
        int every = horizon <= HORIZON ? Math.max(1, horizon / 4) : 1;
        Ahead ahead = new Ahead(horizon, channels <= FEW ? every : 1, channels > FEW, 0.9999);
        MemoryConfig usual = windowsFor(channels);
        return (horizon > LONG && channels <= FEW ? usual.with(windowsAhead(horizon)) : usual)
                .with(ahead);
    }

    /** To see a curve of some length ahead takes the curve of twice that length behind. */
    private static List<Window> windowsAhead(int horizon) {
        return List.of(
                new Window(8, horizon / 8.0),
                new Window(12, horizon / 2.0),
                new Window(24, 2.0 * horizon));
    }

    private MemoryConfig with(List<Window> others) {
        return new MemoryConfig(
                channels,
                others,
                lags,
                dailyHarmonics,
                weeklyHarmonics,
                forgetting,
                ridge,
                huber,
                adaptation,
                warmUp,
                shapes,
                ahead);
    }

    /** The same memory with another forecast. */
    public MemoryConfig with(Ahead another) {
        return new MemoryConfig(
                channels,
                windows,
                lags,
                dailyHarmonics,
                weeklyHarmonics,
                forgetting,
                ridge,
                huber,
                adaptation,
                warmUp,
                shapes,
                another);
    }

    private static MemoryConfig windowsFor(int channels) {
        if (channels <= FEW) {
            return of(
                    channels,
                    2,
                    3,
                    1,
                    new Shapes(32, 4, true),
                    new Window(4, 16),
                    new Window(4, 64),
                    new Window(8, 288));
        }
        if (channels <= 16) {
            return of(
                    channels,
                    2,
                    1,
                    0,
                    new Shapes(32, 4, false),
                    new Window(3, 16),
                    new Window(3, 64),
                    new Window(6, 288));
        }
        if (channels <= 64) {
            return of(
                    channels,
                    2,
                    0,
                    0,
                    new Shapes(32, 1, false),
                    new Window(4, 16),
                    new Window(6, 128));
        }
        return of(channels, 1, 0, 0, new Shapes(32, 1, false), new Window(4, 32));
    }

    private static MemoryConfig of(
            int channels, int lags, int daily, int weekly, Shapes shapes, Window... windows) {
        return new MemoryConfig(
                channels,
                List.of(windows),
                lags,
                daily,
                weekly,
                0.9995,
                1,
                3,
                1.0 / 5000,
                100,
                shapes,
                new Ahead(0, 1, false, 0.9999));
    }

    /** Length of one channel's feature vector. */
    public int features() {
        int orders = windows.stream().mapToInt(Window::order).sum();
        return 1 + orders + lags + 2 * (dailyHarmonics + weeklyHarmonics);
    }

    /** Identity of this configuration of this version of the model. */
    public long fingerprint() {
        return Fingerprint.of(("memory/4 " + this).getBytes(StandardCharsets.UTF_8));
    }
}
