package io.oxbow.kafka;

import static org.apache.flink.configuration.ConfigOptions.key;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.connector.base.DeliveryGuarantee;

/** Everything that can be chosen about Kafka. */
public final class KafkaOptions {

    /** Where a job begins to read when it starts without a checkpoint. */
    public enum StartingOffsets {
        /** Where the consumer group left off, else at the earliest record. */
        COMMITTED,
        EARLIEST,
        LATEST
    }

    public static final ConfigOption<String> BOOTSTRAP_SERVERS =
            key("oxbow.kafka.bootstrap-servers")
                    .stringType()
                    .defaultValue("localhost:9092")
                    .withDescription("Brokers to ask first, as host:port,host:port.");

    public static final ConfigOption<Map<String, String>> PROPERTIES =
            key("oxbow.kafka.properties")
                    .mapType()
                    .defaultValue(Map.of())
                    .withDescription(
                            "Any property of the Kafka clients, for example"
                                    + " oxbow.kafka.properties.security.protocol: SASL_SSL. They win"
                                    + " over what Oxbow sets, except the serializers. Passwords belong"
                                    + " into the file of --config, since a command line can be seen"
                                    + " by others; see docs/security.md.");

    public static final ConfigOption<String> TOPIC_PREFIX =
            key("oxbow.kafka.topic-prefix")
                    .stringType()
                    .defaultValue("oxbow.")
                    .withDescription(
                            "Stands before the name of every topic; another prefix keeps two"
                                    + " installations apart on one cluster.");

    public static final ConfigOption<List<String>> INPUTS =
            key("oxbow.kafka.inputs")
                    .stringType()
                    .asList()
                    .defaultValues("features", "sensors", "queries")
                    .withDescription(
                            "Topics a job reads, named without the prefix: of features, sensors,"
                                    + " frames, audio, queries, deepstream (NVIDIA DeepStream's"
                                    + " messages), cloudevents (numbers in CloudEvents of other"
                                    + " programs) and models (what to go over to while the job"
                                    + " runs; see docs/operations.md). Frames, audio and deepstream"
                                    + " are encoded in the job; a camera whose features come too"
                                    + " should not come twice, hence the default.");

    public static final ConfigOption<String> GROUP_ID =
            key("oxbow.kafka.group-id")
                    .stringType()
                    .defaultValue("oxbow")
                    .withDescription(
                            "Consumer group whose committed offsets show a job's progress.");

    public static final ConfigOption<StartingOffsets> STARTING_OFFSETS =
            key("oxbow.kafka.starting-offsets")
                    .enumType(StartingOffsets.class)
                    .defaultValue(StartingOffsets.COMMITTED)
                    .withDescription(
                            "Where reading begins without a checkpoint: committed (the group's"
                                    + " offsets, else the earliest), earliest, latest.");

    public static final ConfigOption<Duration> MAX_OUT_OF_ORDERNESS =
            key("oxbow.kafka.max-out-of-orderness")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(5))
                    .withDescription(
                            "How far the watermark stays behind the newest event time of a"
                                    + " partition. It decides only when a silent stream's windows"
                                    + " close: 0 closes them at once, hours keep them open for"
                                    + " hours.");

    public static final ConfigOption<Duration> IDLENESS =
            key("oxbow.kafka.idleness")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(10))
                    .withDescription(
                            "A partition without events for so long no longer holds the watermark"
                                    + " back. 0: it always does, and then a partition that never has"
                                    + " events stops the watermark for good.");

    public static final ConfigOption<MemorySize> MAX_EVENT_SIZE =
            key("oxbow.kafka.max-event-size")
                    .memoryType()
                    .defaultValue(MemorySize.ofMebiBytes(1))
                    .withDescription(
                            "A larger record becomes a dead letter unread. The default is what"
                                    + " brokers accept unless told otherwise.");

    public static final ConfigOption<MemorySize> MAX_DEAD_LETTER_SIZE =
            key("oxbow.kafka.max-dead-letter-size")
                    .memoryType()
                    .defaultValue(MemorySize.ofMebiBytes(2))
                    .withDescription(
                            "Original bytes and headers kept in a dead letter; what exceeds it is"
                                    + " cut, and valueLength says how long it was. The topic must"
                                    + " accept 64 KiB more than this (max.message.bytes), as it does"
                                    + " when Oxbow creates it.");

    public static final ConfigOption<DeliveryGuarantee> DELIVERY =
            key("oxbow.kafka.delivery")
                    .enumType(DeliveryGuarantee.class)
                    .defaultValue(DeliveryGuarantee.EXACTLY_ONCE)
                    .withDescription(
                            "exactly-once: results appear with the checkpoint that covers them, in a"
                                    + " transaction. at-least-once: at once, and again after a"
                                    + " failure. none: at once, and perhaps never.");

    public static final ConfigOption<String> TRANSACTIONAL_ID_PREFIX =
            key("oxbow.kafka.transactional-id-prefix")
                    .stringType()
                    .defaultValue("oxbow")
                    .withDescription(
                            "Must differ between jobs that write to one cluster, and stay the same"
                                    + " for one job: after a restart it finds the transactions to"
                                    + " abort.");

    public static final ConfigOption<Duration> TRANSACTION_TIMEOUT =
            key("oxbow.kafka.transaction-timeout")
                    .durationType()
                    .defaultValue(Duration.ofMinutes(15))
                    .withDescription(
                            "After so long without a commit the broker drops a transaction, and"
                                    + " with it results, should the job be down that long. The"
                                    + " default is the most that brokers allow unless told otherwise"
                                    + " (transaction.max.timeout.ms).");

    public static final ConfigOption<Duration> MAX_TIMESTAMP_AHEAD =
            key("oxbow.kafka.max-timestamp-ahead")
                    .durationType()
                    .defaultValue(Duration.ofMinutes(30))
                    .withDescription(
                            "A record's timestamp is its event time, but no further ahead of the"
                                    + " clock than this: brokers refuse records an hour ahead"
                                    + " (message.timestamp.after.max.ms), and one wrong clock would"
                                    + " stop the job. The event itself always keeps its time.");

    public static final ConfigOption<String> EVENT_SOURCE =
            key("oxbow.kafka.event-source")
                    .stringType()
                    .defaultValue("oxbow")
                    .withDescription("The ce_source header of the events written.");

    public static final ConfigOption<Integer> PARTITIONS =
            key("oxbow.kafka.partitions")
                    .intType()
                    .defaultValue(4)
                    .withDescription(
                            "Partitions of a topic that Oxbow creates: the most readers that can"
                                    + " share it.");

    public static final ConfigOption<Integer> REPLICATION_FACTOR =
            key("oxbow.kafka.replication-factor")
                    .intType()
                    .defaultValue(-1)
                    .withDescription(
                            "Copies of a topic that Oxbow creates; -1 leaves it to the broker.");

    public static final ConfigOption<MemorySize> RETENTION_SIZE =
            key("oxbow.kafka.retention-size")
                    .memoryType()
                    .defaultValue(MemorySize.parse("1 gb"))
                    .withDescription(
                            "Bytes kept in each partition of a topic that Oxbow creates. Size and"
                                    + " not age, since an event's age counts from its event time,"
                                    + " and a replayed day of last year would vanish unread.");

    public static final ConfigOption<Integer> DEEPSTREAM_WIDTH =
            key("oxbow.kafka.deepstream.width")
                    .intType()
                    .defaultValue(1920)
                    .withDescription(
                            "Width in pixels of the pictures that DeepStream's boxes lie in, that of"
                                    + " its stream muxer, which the messages do not say; 1 if the"
                                    + " boxes are shares of the picture.");

    public static final ConfigOption<Integer> DEEPSTREAM_HEIGHT =
            key("oxbow.kafka.deepstream.height")
                    .intType()
                    .defaultValue(1080)
                    .withDescription("Height in pixels of the same pictures.");

    public static final ConfigOption<String> REGISTRY_URL =
            key("oxbow.kafka.registry.url")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "A schema registry with Confluent's interface, for example"
                                    + " http://registry:8080/apis/ccompat/v7 for Apicurio. With it,"
                                    + " events are written with the id it gives to their schema"
                                    + " under the subject <topic>-value, and events with its ids are"
                                    + " read. Without it, the default, the ids are Oxbow's own and"
                                    + " nothing is needed. Readers need it too once a job writes"
                                    + " with it.");

    public static final ConfigOption<Boolean> REGISTRY_REGISTER =
            key("oxbow.kafka.registry.register")
                    .booleanType()
                    .defaultValue(true)
                    .withDescription(
                            "Whether a schema that the subject does not hold yet is registered,"
                                    + " which needs the right to. With false somebody else has to"
                                    + " do it first, and a job that meets an unknown schema fails"
                                    + " and names it.");

    public static final ConfigOption<String> REGISTRY_USER =
            key("oxbow.kafka.registry.user")
                    .stringType()
                    .defaultValue("")
                    .withDescription(
                            "Who asks the registry (HTTP basic), or the API key; empty for nobody.");

    public static final ConfigOption<String> REGISTRY_PASSWORD =
            key("oxbow.kafka.registry.password")
                    .stringType()
                    .defaultValue("")
                    .withDescription(
                            "The password of the user, or the API secret. Write it into the"
                                    + " configuration file, which only Oxbow's user can read.");

    public static final ConfigOption<String> REGISTRY_TOKEN =
            key("oxbow.kafka.registry.token")
                    .stringType()
                    .defaultValue("")
                    .withDescription(
                            "A bearer token to show instead of a user and a password; written as"
                                    + " carefully as they are.");

    private static final List<ConfigOption<?>> ALL =
            List.of(
                    BOOTSTRAP_SERVERS,
                    PROPERTIES,
                    TOPIC_PREFIX,
                    INPUTS,
                    GROUP_ID,
                    STARTING_OFFSETS,
                    MAX_OUT_OF_ORDERNESS,
                    IDLENESS,
                    MAX_EVENT_SIZE,
                    MAX_DEAD_LETTER_SIZE,
                    DELIVERY,
                    TRANSACTIONAL_ID_PREFIX,
                    TRANSACTION_TIMEOUT,
                    MAX_TIMESTAMP_AHEAD,
                    EVENT_SOURCE,
                    PARTITIONS,
                    REPLICATION_FACTOR,
                    RETENTION_SIZE,
                    DEEPSTREAM_WIDTH,
                    DEEPSTREAM_HEIGHT,
                    REGISTRY_URL,
                    REGISTRY_REGISTER,
                    REGISTRY_USER,
                    REGISTRY_PASSWORD,
                    REGISTRY_TOKEN);

    private KafkaOptions() {}

    /** Every option, for the documentation. */
    public static List<ConfigOption<?>> all() {
        return ALL;
    }

    /** The topic of that type of event. */
    public static String topic(ReadableConfig config, EventType<?> type) {
        return config.get(TOPIC_PREFIX) + type.name();
    }

    /** The compacted topic with the latest summary of every stream. */
    public static String latestSummariesTopic(ReadableConfig config) {
        return topic(config, EventTypes.SUMMARY) + "-latest";
    }

    /** Properties that every Kafka client needs: where the brokers are, and the user's own. */
    public static Properties clientProperties(ReadableConfig config) {
        Properties properties = new Properties();
        properties.setProperty("bootstrap.servers", config.get(BOOTSTRAP_SERVERS));
        properties.putAll(config.get(PROPERTIES));
        return properties;
    }
}
