package io.oxbow.flink.inference;

import io.oxbow.flink.OxbowOptions;
import io.oxbow.flink.VectorMeanings;
import io.oxbow.flink.event.MaxAhead;
import io.oxbow.flink.state.OnModelChange;
import java.io.Serializable;
import java.time.Duration;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ReadableConfig;

/**
 * The options of the inference operator, read and checked once, when the job is put together.
 *
 * @param maxTokens events in a batch
 * @param maxDelayMillis processing time an event waits at most
 * @param drainWhenIdle whether a batch runs as soon as no further event is waiting
 * @param backend name of the compute backend, or {@code auto}
 * @param maxAhead how far an event time may lie after its ingest time
 * @param maxTimeJumpMillis how far an event time may leap past its stream's newest; 0 for any
 * @param reorderMillis event time an event waits for earlier ones; 0 for not at all
 * @param maxSequenceJump sequence numbers missing before an event at most
 * @param deviceBytes device memory for all tasks of a process on one device together; 0 for all
 * @param deviceResource Flink's name of the external resource that gives devices
 * @param residentBytes memory for resident states
 * @param ttlMillis event time after which a silent stream is forgotten; 0 for never
 * @param activityChannel input channel of the activity, or -1 for the encoder's own
 * @param meanings which channel is the activity of vectors of each encoder
 */
public record InferenceSettings(
        int maxTokens,
        long maxDelayMillis,
        boolean drainWhenIdle,
        String backend,
        long deviceBytes,
        String deviceResource,
        MaxAhead maxAhead,
        long maxTimeJumpMillis,
        long reorderMillis,
        long maxSequenceJump,
        long residentBytes,
        long ttlMillis,
        OnModelChange onModelChange,
        boolean forecast,
        boolean attribution,
        boolean embedding,
        int activityChannel,
        VectorMeanings meanings)
        implements Serializable {

    /**
     * @param meanings what the vectors of each encoder are
     * @throws IllegalArgumentException if an option's value makes no sense; the message names it
     */
    public static InferenceSettings of(ReadableConfig options, VectorMeanings meanings) {
        return new InferenceSettings(
                atLeast(1, OxbowOptions.BATCH_MAX_TOKENS, options),
                millis(OxbowOptions.BATCH_MAX_DELAY, options),
                options.get(OxbowOptions.BATCH_DRAIN_WHEN_IDLE),
                options.get(OxbowOptions.COMPUTE_BACKEND),
                options.get(OxbowOptions.TORNADO_DEVICE_MEMORY).getBytes(),
                options.get(OxbowOptions.TORNADO_EXTERNAL_RESOURCE),
                new MaxAhead(millis(OxbowOptions.TIME_MAX_AHEAD, options)),
                millis(OxbowOptions.TIME_MAX_JUMP, options),
                millis(OxbowOptions.TIME_REORDER_WITHIN, options),
                maxSequenceJump(options),
                options.get(OxbowOptions.STATE_RESIDENT_MEMORY).getBytes(),
                millis(OxbowOptions.STATE_TTL, options),
                options.get(OxbowOptions.STATE_ON_MODEL_CHANGE),
                options.get(OxbowOptions.OUTPUT_FORECAST),
                options.get(OxbowOptions.OUTPUT_ATTRIBUTION),
                options.get(OxbowOptions.OUTPUT_EMBEDDING),
                atLeast(-1, OxbowOptions.OUTPUT_ACTIVITY_CHANNEL, options),
                meanings);
    }

    private static int atLeast(int least, ConfigOption<Integer> option, ReadableConfig options) {
        int value = options.get(option);
        if (value < least) {
            throw new IllegalArgumentException(
                    option.key() + " is " + value + "; it must be at least " + least);
        }
        return value;
    }

    private static long maxSequenceJump(ReadableConfig options) {
        long value = options.get(OxbowOptions.SEQUENCE_MAX_JUMP);
        if (value < 0) {
            throw new IllegalArgumentException(
                    OxbowOptions.SEQUENCE_MAX_JUMP.key()
                            + " is "
                            + value
                            + "; it must not be negative");
        }
        return value;
    }

    private static long millis(ConfigOption<Duration> option, ReadableConfig options) {
        Duration value = options.get(option);
        if (value.isNegative()) {
            throw new IllegalArgumentException(
                    option.key() + " is " + value + "; it must not be negative");
        }
        return value.toMillis();
    }
}
