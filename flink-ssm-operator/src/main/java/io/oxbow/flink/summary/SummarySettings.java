package io.oxbow.flink.summary;

import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.ReadableConfig;

/**
 * The values of {@link SummaryOptions}, checked, as they travel to the operator. Times in
 * milliseconds, sizes in bytes.
 *
 * @param windows lengths to summarise, ascending, without repetition
 * @param scoreAbove infinity if no score alerts by itself
 * @param channelNames what people call the channels, by index; may be shorter than the vectors
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
        List<String> channelNames)
        implements Serializable {

    SummarySettings {
        windows = List.copyOf(windows);
        channelNames = List.copyOf(channelNames);
    }

    /**
     * @throws IllegalArgumentException with one sentence that names the option and its bounds
     */
    static SummarySettings from(ReadableConfig config, List<String> channelNames) {
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
                channelNames);
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
