package io.oxbow.jobs;

import java.util.List;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

/** What can be set about the main job beside its operators and Kafka. */
public final class JobOptions {

    /** What becomes of an event that is older than the newest of its stream. */
    public enum LateEvents {
        DEAD_LETTERS,
        DROP
    }

    public static final ConfigOption<LateEvents> LATE_EVENTS =
            ConfigOptions.key("oxbow.job.late-events")
                    .enumType(LateEvents.class)
                    .defaultValue(LateEvents.DEAD_LETTERS)
                    .withDescription(
                            "Where events go that are older than the newest of their stream:"
                                    + " dead-letters, the default, keeps them with the reason;"
                                    + " drop only counts them, for sources that repeat much.");

    public static final ConfigOption<Boolean> WRITE_INFERENCES =
            ConfigOptions.key("oxbow.job.write-inferences")
                    .booleanType()
                    .defaultValue(true)
                    .withDescription(
                            "Whether every event's inference is written to Kafka. Off saves a"
                                    + " record an event where only summaries, anomalies and answers"
                                    + " are read.");

    public static final ConfigOption<Boolean> PAD_VECTORS =
            ConfigOptions.key("oxbow.job.pad-vectors")
                    .booleanType()
                    .defaultValue(false)
                    .withDescription(
                            "Whether a vector with fewer values than the model takes is filled up"
                                    + " with zeros, so that cameras, microphones and sensors share"
                                    + " one job. A channel that never changes surprises nobody, but"
                                    + " costs as much as any. Off, a vector of another length is"
                                    + " refused, for it is mostly a mistake.");

    private static final List<ConfigOption<?>> ALL =
            List.of(LATE_EVENTS, WRITE_INFERENCES, PAD_VECTORS);

    private JobOptions() {}

    /** Every option, for the documentation. */
    public static List<ConfigOption<?>> all() {
        return ALL;
    }
}
