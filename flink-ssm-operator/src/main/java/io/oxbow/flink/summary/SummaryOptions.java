package io.oxbow.flink.summary;

import java.time.Duration;
import java.util.List;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.MemorySize;

/** What can be set about memories, summaries and alerts. All times are event time. */
public final class SummaryOptions {

    public static final ConfigOption<List<Duration>> WINDOW =
            ConfigOptions.key("oxbow.summary.window")
                    .durationType()
                    .asList()
                    .defaultValues(Duration.ofHours(1), Duration.ofDays(1))
                    .withDescription(
                            "Lengths of time to summarise, aligned to UTC (a week begins on"
                                    + " Monday), 10 ms to 366 days each. The default is what people"
                                    + " ask for: the hour and the day. Each costs one curve of"
                                    + " memory per stream; the last hour, day and week are"
                                    + " remembered in any case.");

    public static final ConfigOption<Integer> MEMORY_ORDER =
            ConfigOptions.key("oxbow.summary.memory-order")
                    .intType()
                    .defaultValue(64)
                    .withDescription(
                            "Most coefficients of a remembered curve, 1 to 256; a curve never has"
                                    + " more than half as many as steps. 64 shows a day hour by hour"
                                    + " to within a twentieth of its spread. Fewer blur the curve,"
                                    + " more cost the square of it in time per closed step.");

    public static final ConfigOption<List<Integer>> CHANNELS =
            ConfigOptions.key("oxbow.summary.channels")
                    .intType()
                    .asList()
                    .noDefaultValue()
                    .withDescription(
                            "Input channels whose curves are remembered beside activity and"
                                    + " novelty, counted from 0, at most 8. Not set: three that the"
                                    + " stream's encoder names as the most telling, or the first"
                                    + " three. Each costs about 6 KB a stream.");

    public static final ConfigOption<List<String>> CHANNEL_NAMES =
            ConfigOptions.key("oxbow.summary.channel-names")
                    .stringType()
                    .asList()
                    .defaultValues()
                    .withDescription(
                            "What people call the input channels, in order, for streams whose"
                                    + " vectors no known encoder made, for example the columns of a"
                                    + " table. Channels without a name are called by their number.");

    public static final ConfigOption<MemorySize> MEMORY_PER_STREAM =
            ConfigOptions.key("oxbow.summary.memory-per-stream")
                    .memoryType()
                    .defaultValue(MemorySize.parse("64kb"))
                    .withDescription(
                            "Bound of one stream's memory, bytes. Its size is fixed by the other"
                                    + " options; a job whose options ask for more does not start.");

    public static final ConfigOption<Integer> PEAKS =
            ConfigOptions.key("oxbow.summary.peaks")
                    .intType()
                    .defaultValue(8)
                    .withDescription(
                            "Most unusual moments kept per window, 1 to 256. The default is as many"
                                    + " as a person reads; each more costs 28 bytes per window and"
                                    + " stream.");

    public static final ConfigOption<MemorySize> RESIDENT_MEMORY =
            ConfigOptions.key("oxbow.summary.resident-memory")
                    .memoryType()
                    .defaultValue(MemorySize.parse("64mb"))
                    .withDescription(
                            "Heap per task for memories of streams seen lately, bytes. The default"
                                    + " holds about a thousand streams. With less than the active"
                                    + " streams need, memories are written to and read from the"
                                    + " state backend between events; more than they need stays"
                                    + " unused.");

    public static final ConfigOption<Duration> GROUP_PATIENCE =
            ConfigOptions.key("oxbow.summary.group-patience")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(10))
                    .withDescription(
                            "Processing time that the answers of a group's streams are waited for,"
                                    + " if the question names no deadline. Then those that came are"
                                    + " the answer, and the others are named in it.");

    public static final ConfigOption<Duration> GROUP_FORGET_AFTER =
            ConfigOptions.key("oxbow.summary.group-forget-after")
                    .durationType()
                    .defaultValue(Duration.ofDays(30))
                    .withDescription(
                            "Event time after which a silent stream is no longer asked for patterns"
                                    + " like cam-*; by its own name it still is. The default"
                                    + " outlasts an outage that somebody would ask about; short, a"
                                    + " camera that is off is missing from the answers; 0 asks every"
                                    + " stream there ever was, and keeps all their names.");

    public static final ConfigOption<Duration> OFFLINE_AFTER =
            ConfigOptions.key("oxbow.summary.offline-after")
                    .durationType()
                    .defaultValue(Duration.ofMinutes(1))
                    .withDescription(
                            "A stream without events for longer than this is offline, and its time"
                                    + " not covered; a stream whose own rhythm is slow gets five of"
                                    + " its mean gaps. The default outlasts a reconnect. Shorter"
                                    + " calls hiccups outages, longer tells of outages later.");

    public static final ConfigOption<Duration> SILENCE_SLACK =
            ConfigOptions.key("oxbow.summary.silence-slack")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(10))
                    .withDescription(
                            "How far the watermark must pass a window's end, or the offline limit,"
                                    + " before it acts for a stream that sends nothing. The default"
                                    + " gives a slow partition time. 0 acts at once; more delays"
                                    + " only what is said of silent streams.");

    public static final ConfigOption<Double> ALERTS_EXPECTED_PER_DAY =
            ConfigOptions.key("oxbow.alerts.expected-per-day")
                    .doubleType()
                    .defaultValue(1.0)
                    .withDescription(
                            "Novelty alerts a day that chance alone may raise on a stream that does"
                                    + " not change; the p-value an alert needs follows from the"
                                    + " stream's own event rate. The default is one a day and"
                                    + " stream. Near 0 only the never-seen alerts, above 100 most"
                                    + " alerts are chance.");

    public static final ConfigOption<Float> ALERTS_SCORE_ABOVE =
            ConfigOptions.key("oxbow.alerts.score-above")
                    .floatType()
                    .noDefaultValue()
                    .withDescription(
                            "An event with an anomaly score above this, 0 to 1, alerts whatever its"
                                    + " p-value. Not set: the p-value alone decides, which keeps the"
                                    + " promised rate.");

    public static final ConfigOption<Duration> ALERTS_CLOSE_AFTER =
            ConfigOptions.key("oxbow.alerts.close-after")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(30))
                    .withDescription(
                            "A novelty is over when nothing unusual came for this long, at least"
                                    + " three of the stream's mean gaps. The default bridges the"
                                    + " pauses of one visit. Shorter splits one happening into"
                                    + " several, longer merges several into one.");

    private static final List<ConfigOption<?>> ALL =
            List.of(
                    WINDOW,
                    MEMORY_ORDER,
                    CHANNELS,
                    CHANNEL_NAMES,
                    MEMORY_PER_STREAM,
                    PEAKS,
                    RESIDENT_MEMORY,
                    GROUP_PATIENCE,
                    GROUP_FORGET_AFTER,
                    OFFLINE_AFTER,
                    SILENCE_SLACK,
                    ALERTS_EXPECTED_PER_DAY,
                    ALERTS_SCORE_ABOVE,
                    ALERTS_CLOSE_AFTER);

    private SummaryOptions() {}

    /** Every option, in the order of the documentation. */
    public static List<ConfigOption<?>> all() {
        return ALL;
    }
}
