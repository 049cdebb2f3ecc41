package io.oxbow.flink.summary;

import io.oxbow.flink.OxbowOptions;
import io.oxbow.flink.VectorMeaning;
import io.oxbow.flink.VectorMeanings;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.ReadableConfig;

/**
 * The values of {@link SummaryOptions}, checked, as they travel to the operator. Times in
 * milliseconds, sizes in bytes.
 *
 * @param windows lengths to summarise, ascending, without repetition
 * @param scoreAbove infinity if no score alerts by itself
 * @param channels input channels to remember the curves of; empty for the encoder's choice
 * @param meanings what the streams' vectors are
 * @param ttl event time after which a silent stream is forgotten; 0 for never
 */
record SummarySettings(
        List<Long> windows,
        int memoryOrder,
        long memoryPerStream,
        int peaks,
        long residentMemory,
        long offlineAfter,
        long silenceSlack,
        double expectedPerDay,
        float scoreAbove,
        long closeAfter,
        List<Integer> channels,
        VectorMeanings meanings,
        long ttl)
        implements Serializable {
    private static final long LONGEST_TTL = 3660 * SpanPlan.DAY;

    /** Channels remembered of a stream where nobody chose. */
    private static final int CHOSEN_CHANNELS = 3;

    SummarySettings {
        windows = List.copyOf(windows);
        channels = List.copyOf(channels);
    }

    /** Curves of channels that every memory has room for. */
    int channelCurves() {
        return channels.isEmpty() ? CHOSEN_CHANNELS : channels.size();
    }

    /**
     * The channels remembered of a stream, at most {@link #channelCurves()}.
     *
     * @param inputDim length of the stream's vectors
     */
    List<Integer> channelsOf(VectorMeaning meaning, int inputDim) {
        List<Integer> wanted = channels.isEmpty() ? meaning.telling() : channels;
        if (wanted.isEmpty()) {
            wanted = IntStream.range(0, CHOSEN_CHANNELS).boxed().toList();
        }
        return wanted.stream()
                .filter(channel -> channel < inputDim)
                .limit(channelCurves())
                .toList();
    }

    /**
     * @throws IllegalArgumentException with one sentence that names the option and its bounds
     */
    static SummarySettings from(ReadableConfig config, VectorMeanings meanings) {
        List<Long> windows =
                config.get(SummaryOptions.WINDOW).stream()
                        .map(
                                window ->
                                        inRange(
                                                SummaryOptions.WINDOW,
                                                window.toMillis(),
                                                10,
                                                MemoryPlan.MAX_SPAN_MILLIS,
                                                "10 ms to 366 d"))
                        .distinct()
                        .sorted()
                        .toList();
        Float score = config.getOptional(SummaryOptions.ALERTS_SCORE_ABOVE).orElse(null);
        double expected = config.get(SummaryOptions.ALERTS_EXPECTED_PER_DAY);
        if (!(expected >= 0)) {
            throw new IllegalArgumentException(
                    refusal(
                            SummaryOptions.ALERTS_EXPECTED_PER_DAY,
                            Double.toString(expected),
                            "a number from 0"));
        }
        return new SummarySettings(
                windows,
                (int)
                        inRange(
                                SummaryOptions.MEMORY_ORDER,
                                config.get(SummaryOptions.MEMORY_ORDER),
                                1,
                                MemoryPlan.MAX_ORDER,
                                "1 to " + MemoryPlan.MAX_ORDER),
                bytes(config, SummaryOptions.MEMORY_PER_STREAM),
                (int)
                        inRange(
                                SummaryOptions.PEAKS,
                                config.get(SummaryOptions.PEAKS),
                                1,
                                MemoryPlan.MAX_PEAKS,
                                "1 to " + MemoryPlan.MAX_PEAKS),
                bytes(config, SummaryOptions.RESIDENT_MEMORY),
                positive(config, SummaryOptions.OFFLINE_AFTER),
                inRange(
                        SummaryOptions.SILENCE_SLACK,
                        config.get(SummaryOptions.SILENCE_SLACK).toMillis(),
                        0,
                        MemoryPlan.MAX_SPAN_MILLIS,
                        "0 to 366 d"),
                expected,
                score == null ? Float.POSITIVE_INFINITY : score,
                positive(config, SummaryOptions.ALERTS_CLOSE_AFTER),
                channels(config),
                withNames(meanings, config.get(SummaryOptions.CHANNEL_NAMES)),
                inRange(
                        OxbowOptions.STATE_TTL,
                        config.get(OxbowOptions.STATE_TTL).toMillis(),
                        0,
                        LONGEST_TTL,
                        "0 to 3660 d"));
    }

    private static VectorMeanings withNames(VectorMeanings meanings, List<String> names) {
        return names.isEmpty()
                ? meanings
                : meanings.withOthers(new VectorMeaning(names, -1, List.of()));
    }

    private static List<Integer> channels(ReadableConfig config) {
        List<Integer> channels =
                config.getOptional(SummaryOptions.CHANNELS).orElse(List.of()).stream()
                        .distinct()
                        .toList();
        for (int channel : channels) {
            inRange(SummaryOptions.CHANNELS, channel, 0, Integer.MAX_VALUE, "channels from 0");
        }
        if (channels.size() > MemoryPlan.MAX_CHANNELS) {
            throw new IllegalArgumentException(
                    refusal(
                            SummaryOptions.CHANNELS,
                            channels.toString(),
                            "at most " + MemoryPlan.MAX_CHANNELS + " channels"));
        }
        return channels;
    }

    private static long bytes(ReadableConfig config, ConfigOption<MemorySize> option) {
        return config.get(option).getBytes();
    }

    private static long positive(ReadableConfig config, ConfigOption<Duration> option) {
        return inRange(
                option,
                config.get(option).toMillis(),
                1,
                MemoryPlan.MAX_SPAN_MILLIS,
                "1 ms to 366 d");
    }

    private static long inRange(
            ConfigOption<?> option, long value, long least, long most, String range) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(refusal(option, Long.toString(value), range));
        }
        return value;
    }

    private static String refusal(ConfigOption<?> option, String value, String range) {
        return option.key() + " is " + value + ", but must be " + range + ".";
    }
}
