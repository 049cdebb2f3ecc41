package io.oxbow.flink;

import io.oxbow.arch.memory.MemoryConfig;
import io.oxbow.flink.state.OnModelChange;
import io.oxbow.plan.WeightFormat;
import java.time.Duration;
import java.util.List;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.MemorySize;

/**
 * What can be set. Keys may stand in Flink's own configuration or be given to a builder, which
 * wins.
 */
public final class OxbowOptions {

    public static final ConfigOption<String> MODEL_URI =
            ConfigOptions.key("oxbow.model.uri")
                    .stringType()
                    .defaultValue("memory")
                    .withDescription(
                            "The model: the name of a built-in one, or the address of a directory"
                                    + " or file of any file system Flink knows (file, s3, hdfs)."
                                    + " 'memory' needs no training and takes any input, hence the"
                                    + " default.");

    public static final ConfigOption<String> MODEL_SHA256 =
            ConfigOptions.key("oxbow.model.sha256")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "SHA-256 of the model's weights file, 64 hexadecimal digits. Each task"
                                    + " compares it before it touches any state. Not set: not"
                                    + " compared. Has no meaning for a built-in model.");

    public static final ConfigOption<Integer> MODEL_INPUT_DIM =
            ConfigOptions.key("oxbow.model.input-dim")
                    .intType()
                    .defaultValue(64)
                    .withDescription(
                            "Floats in an input vector, for a model that takes any number. 64 is"
                                    + " what the video encoder makes; the audio encoder makes 43, a"
                                    + " sensor as many as it has channels. A vector of another"
                                    + " length is rejected. The main job sets it by itself where it"
                                    + " encodes what it reads.");

    public static final ConfigOption<Integer> MODEL_HORIZON =
            ConfigOptions.key("oxbow.model.horizon")
                    .intType()
                    .defaultValue(MemoryConfig.HORIZON)
                    .withDescription(
                            "How many events ahead the built-in model 'memory' forecasts, from 0 to"
                                    + " 1024. A question of kind 'forecast' is answered by it. 12"
                                    + " is an hour of events in five minutes and adds little to a"
                                    + " stream's state, which grows with it; 0 forecasts none. The"
                                    + " model counts as another one.");

    public static final ConfigOption<WeightFormat> MODEL_WEIGHTS =
            ConfigOptions.key("oxbow.model.weights")
                    .enumType(WeightFormat.class)
                    .defaultValue(WeightFormat.F32)
                    .withDescription(
                            "How the weights of projections are kept in memory. 'f32', the default,"
                                    + " changes nothing. 'bf16' rounds each to 8 significant bits,"
                                    + " 'f16' to 11 and into the range of half floats: a half of"
                                    + " what is read for a batch of few events, for less exact"
                                    + " results; 'int8', 255 steps an output, a quarter. The model"
                                    + " counts as another one. Has no meaning for a built-in"
                                    + " model.");

    public static final ConfigOption<String> COMPUTE_BACKEND =
            ConfigOptions.key("oxbow.compute.backend")
                    .stringType()
                    .defaultValue("auto")
                    .withDescription(
                            "What runs the model: 'auto' takes the best available and logs which"
                                    + " and why, as machines differ. A backend asked for by name"
                                    + " ('scalar', 'vector', ...) that is missing fails the job at"
                                    + " its start.");

    public static final ConfigOption<MemorySize> TORNADO_DEVICE_MEMORY =
            ConfigOptions.key("oxbow.tornado.device-memory")
                    .memoryType()
                    .defaultValue(MemorySize.ZERO)
                    .withDescription(
                            "Memory of one device that all tasks of a TaskManager may take"
                                    + " together, with the backend 'tornado'. 0 leaves it at what"
                                    + " TornadoVM may take (4 GiB unless started with"
                                    + " -Dtornado.device.memory)."
                                    + " A job whose states and buffers do not fit is refused at its"
                                    + " start, with the numbers; more than the device has, too.");

    public static final ConfigOption<String> TORNADO_EXTERNAL_RESOURCE =
            ConfigOptions.key("oxbow.tornado.external-resource")
                    .stringType()
                    .defaultValue("gpu")
                    .withDescription(
                            "Flink's external resource whose devices the tasks of a TaskManager"
                                    + " take in turn, with the backend 'tornado'"
                                    + " ('external-resources' in Flink's configuration). Where Flink"
                                    + " gives none of that name, tasks take all devices that"
                                    + " TornadoVM finds in turn.");

    public static final ConfigOption<Integer> BATCH_MAX_TOKENS =
            ConfigOptions.key("oxbow.batch.max-tokens")
                    .intType()
                    .defaultValue(512)
                    .withDescription(
                            "Events of all streams of a task that are run together at most. At 512"
                                    + " the matrix products are near their best while buffers stay"
                                    + " small. 1 runs each event alone, slowest but with no wait;"
                                    + " tens of thousands only take memory. Results do not depend"
                                    + " on it.");

    public static final ConfigOption<Duration> BATCH_MAX_DELAY =
            ConfigOptions.key("oxbow.batch.max-delay")
                    .durationType()
                    .defaultValue(Duration.ofMillis(5))
                    .withDescription(
                            "Processing time an event waits for others at most, to the millisecond,"
                                    + " while more events keep coming. 5 ms is little beside"
                                    + " Kafka's own latency and much beside the time to run one"
                                    + " event. 0 never waits. Results do not depend on it.");

    public static final ConfigOption<Boolean> BATCH_DRAIN_WHEN_IDLE =
            ConfigOptions.key("oxbow.batch.drain-when-idle")
                    .booleanType()
                    .defaultValue(true)
                    .withDescription(
                            "Whether a batch runs as soon as no further event is waiting to join it,"
                                    + " instead of after oxbow.batch.max-delay: an idle task answers"
                                    + " at once, a loaded one fills its batches. false with a long"
                                    + " delay, a second, fills the batches of slow streams, which"
                                    + " an accelerator may want, and delays alerts by as much."
                                    + " Results do not depend on it.");

    public static final ConfigOption<Duration> TIME_MAX_AHEAD =
            ConfigOptions.key("oxbow.time.max-ahead")
                    .durationType()
                    .defaultValue(Duration.ofDays(1))
                    .withDescription(
                            "How far an event's time may lie after the time its producer sent it"
                                    + " (ingestTime). One further ahead becomes a dead letter: taken,"
                                    + " it would make the rest of its stream late and move the"
                                    + " watermark. Both times are in the event, so a replay decides"
                                    + " alike. A day forgives wrong time zones; a minute suits one"
                                    + " clock; 0 looks at nothing. Events that were sent before the"
                                    + " year 2000, by a clock that was never set, pass.");

    public static final ConfigOption<Duration> TIME_MAX_JUMP =
            ConfigOptions.key("oxbow.time.max-jump")
                    .durationType()
                    .defaultValue(Duration.ofDays(1000))
                    .withDescription(
                            "How far an event's time may leap past the newest of its stream. One"
                                    + " that leaps further becomes a dead letter and moves no"
                                    + " watermark, unless the event before it leapt there too: a"
                                    + " clock that went wrong once is told from a long silence by"
                                    + " what comes next. A thousand days let yearly readings pass;"
                                    + " an hour suits a live camera, and costs one event after each"
                                    + " longer outage; 0 believes every time.");

    public static final ConfigOption<Duration> TIME_REORDER_WITHIN =
            ConfigOptions.key("oxbow.time.reorder-within")
                    .durationType()
                    .defaultValue(Duration.ZERO)
                    .withDescription(
                            "Event time that each event waits in keyed state for earlier ones of its"
                                    + " stream, counted from the watermark, which already lags by"
                                    + " oxbow.kafka.max-out-of-orderness. Events leave sorted by"
                                    + " time; one that comes later still is late. Every answer is"
                                    + " later by as much, and state grows by the events of that"
                                    + " time, so the default, 0, takes events as they come: right"
                                    + " where each stream has one producer. Setting it in a job"
                                    + " that runs adds a step; unsetting it needs"
                                    + " --allowNonRestoredState.");

    public static final ConfigOption<Long> SEQUENCE_MAX_JUMP =
            ConfigOptions.key("oxbow.sequence.max-jump")
                    .longType()
                    .defaultValue(1_000_000_000L)
                    .withDescription(
                            "How many sequence numbers of a stream's epoch may be missing before an"
                                    + " event. One beyond is taken for damage and becomes a dead"
                                    + " letter, because every number below the newest is a"
                                    + " duplicate. The default is eleven days of a thousand events a"
                                    + " second; a producer that really starts its numbers anew must"
                                    + " raise its epoch. Numbers that go back while times go on"
                                    + " are believed at the second event, so that one damaged"
                                    + " number does not silence its stream. The largest long allows"
                                    + " every jump.");

    public static final ConfigOption<MemorySize> STATE_RESIDENT_MEMORY =
            ConfigOptions.key("oxbow.state.resident-memory")
                    .memoryType()
                    .defaultValue(MemorySize.ofMebiBytes(256))
                    .withDescription(
                            "Memory per task for states kept ready to run, taken as streams come."
                                    + " States beyond it rest in Flink's state backend and are"
                                    + " fetched when their stream speaks. 256 MiB fits a few"
                                    + " thousand streams of the built-in model beside Flink's"
                                    + " default heap. Less than one state keeps one; more than all"
                                    + " states is never taken. Results do not depend on it.");

    public static final ConfigOption<Duration> STATE_TTL =
            ConfigOptions.key("oxbow.state.ttl")
                    .durationType()
                    .defaultValue(Duration.ZERO)
                    .withDescription(
                            "Event time after which a silent stream is forgotten: its next event"
                                    + " starts a new memory. Storage is freed once the watermark is"
                                    + " twice that far past the stream's last event. 0, the"
                                    + " default, never forgets, because a memory is the point;"
                                    + " a short one loses streams that merely pause.");

    public static final ConfigOption<OnModelChange> STATE_ON_MODEL_CHANGE =
            ConfigOptions.key("oxbow.state.on-model-change")
                    .enumType(OnModelChange.class)
                    .defaultValue(OnModelChange.FAIL)
                    .withDescription(
                            "What to do with a stream's state that another model wrote: 'fail' fails"
                                    + " the job and names the stream, the default, for nothing is"
                                    + " lost by it; 'reset' starts the stream's memory anew. While a"
                                    + " job runs: 'fail' refuses a model of oxbow.models whose"
                                    + " states are laid out differently, 'reset' lets it through.");

    public static final ConfigOption<Boolean> OUTPUT_FORECAST =
            ConfigOptions.key("oxbow.output.forecast")
                    .booleanType()
                    .defaultValue(true)
                    .withDescription(
                            "Whether inferences carry what was expected of each channel. Without it"
                                    + " they are smaller by one float a channel.");

    public static final ConfigOption<Boolean> OUTPUT_ATTRIBUTION =
            ConfigOptions.key("oxbow.output.attribution")
                    .booleanType()
                    .defaultValue(true)
                    .withDescription(
                            "Whether inferences carry each channel's part in the surprise. Alerts"
                                    + " name channels by it. Without it inferences are smaller by"
                                    + " one float a channel.");

    public static final ConfigOption<Boolean> OUTPUT_EMBEDDING =
            ConfigOptions.key("oxbow.output.embedding")
                    .booleanType()
                    .defaultValue(false)
                    .withDescription(
                            "Whether inferences carry the model's hidden representation, for models"
                                    + " that have one. Off, because it can be hundreds of floats"
                                    + " that nothing else here reads.");

    public static final ConfigOption<Integer> OUTPUT_ACTIVITY_CHANNEL =
            ConfigOptions.key("oxbow.output.activity-channel")
                    .intType()
                    .defaultValue(-1)
                    .withDescription(
                            "Input channel that says how much is going on, counted from 0; it"
                                    + " becomes the activity of summaries. -1, the default, takes"
                                    + " the one the event's encoder names (video: motion, sound:"
                                    + " level), and the mean of all channels where the encoder is"
                                    + " not known, which suits single sensors.");

    private static final List<ConfigOption<?>> ALL =
            List.of(
                    MODEL_URI,
                    MODEL_SHA256,
                    MODEL_INPUT_DIM,
                    MODEL_HORIZON,
                    MODEL_WEIGHTS,
                    COMPUTE_BACKEND,
                    TORNADO_DEVICE_MEMORY,
                    TORNADO_EXTERNAL_RESOURCE,
                    BATCH_MAX_TOKENS,
                    BATCH_MAX_DELAY,
                    BATCH_DRAIN_WHEN_IDLE,
                    TIME_MAX_AHEAD,
                    TIME_MAX_JUMP,
                    TIME_REORDER_WITHIN,
                    SEQUENCE_MAX_JUMP,
                    STATE_RESIDENT_MEMORY,
                    STATE_TTL,
                    STATE_ON_MODEL_CHANGE,
                    OUTPUT_FORECAST,
                    OUTPUT_ATTRIBUTION,
                    OUTPUT_EMBEDDING,
                    OUTPUT_ACTIVITY_CHANNEL);

    private OxbowOptions() {}

    /** Every option, for the documentation. */
    public static List<ConfigOption<?>> all() {
        return ALL;
    }
}
