package io.oxbow.kafka.sql;

import io.oxbow.kafka.EventType;
import io.oxbow.kafka.EventTypes;
import io.oxbow.kafka.KafkaOptions;
import io.oxbow.kafka.SchemaSource;
import java.util.Set;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.format.DecodingFormat;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.factories.DeserializationFormatFactory;
import org.apache.flink.table.factories.DynamicTableFactory;
import org.apache.flink.table.factories.FactoryUtil;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.RowType;

/**
 * The format {@code oxbow-avro}: Oxbow's events as rows, a column a field of the same name. See
 * {@code tables.sql} beside this class for the tables of all results.
 */
public final class EventFormatFactory implements DeserializationFormatFactory {
    public static final String IDENTIFIER = "oxbow-avro";

    public static final ConfigOption<String> EVENT =
            ConfigOptions.key("event")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "What lies on the topic: summaries, anomalies, inferences, answers,"
                                    + " features, sensors or another of Oxbow's events.");

    public static final ConfigOption<Boolean> IGNORE_PARSE_ERRORS =
            ConfigOptions.key("ignore-parse-errors")
                    .booleanType()
                    .defaultValue(false)
                    .withDescription(
                            "Passes over records that are no such event; otherwise they fail the"
                                    + " query, so that none is missed silently.");

    /** As {@link KafkaOptions#REGISTRY_URL}, and the others alike. */
    public static final ConfigOption<String> REGISTRY_URL =
            ConfigOptions.key("registry.url")
                    .stringType()
                    .noDefaultValue()
                    .withDescription(
                            "The schema registry whose ids the records may have; without it, the"
                                    + " default, Oxbow's own ids alone are read.");

    public static final ConfigOption<String> REGISTRY_USER =
            ConfigOptions.key("registry.user")
                    .stringType()
                    .defaultValue("")
                    .withDescription("Who asks the registry, or the API key.");

    public static final ConfigOption<String> REGISTRY_PASSWORD =
            ConfigOptions.key("registry.password")
                    .stringType()
                    .defaultValue("")
                    .withDescription("The password of that user, or the API secret.");

    public static final ConfigOption<String> REGISTRY_TOKEN =
            ConfigOptions.key("registry.token")
                    .stringType()
                    .defaultValue("")
                    .withDescription("A bearer token instead of a user.");

    @Override
    public String factoryIdentifier() {
        return IDENTIFIER;
    }

    @Override
    public Set<ConfigOption<?>> requiredOptions() {
        return Set.of(EVENT);
    }

    @Override
    public Set<ConfigOption<?>> optionalOptions() {
        return Set.of(
                IGNORE_PARSE_ERRORS,
                REGISTRY_URL,
                REGISTRY_USER,
                REGISTRY_PASSWORD,
                REGISTRY_TOKEN);
    }

    @Override
    public DecodingFormat<DeserializationSchema<RowData>> createDecodingFormat(
            DynamicTableFactory.Context context, ReadableConfig options) {
        FactoryUtil.validateFactoryOptions(this, options);
        EventType<?> type = type(options.get(EVENT));
        boolean ignore = options.get(IGNORE_PARSE_ERRORS);
        Configuration registry = registry(options);
        // Every column of the table is checked here, also those that no query reads yet.
        DataType all = context.getPhysicalRowDataType();
        new EventRows(type, (RowType) all.getLogicalType());
        return new DecodingFormat<>() {
            @Override
            public DeserializationSchema<RowData> createRuntimeDecoder(
                    DynamicTableSource.Context source, DataType columns) {
                return new EventRowDeserializer(
                        new EventRows(type, (RowType) columns.getLogicalType()),
                        source.createTypeInformation(columns),
                        ignore,
                        registry);
            }

            @Override
            public ChangelogMode getChangelogMode() {
                return ChangelogMode.insertOnly();
            }
        };
    }

    private static Configuration registry(ReadableConfig options) {
        Configuration registry = new Configuration();
        options.getOptional(REGISTRY_URL)
                .ifPresent(url -> registry.set(KafkaOptions.REGISTRY_URL, url));
        registry.set(KafkaOptions.REGISTRY_USER, options.get(REGISTRY_USER));
        registry.set(KafkaOptions.REGISTRY_PASSWORD, options.get(REGISTRY_PASSWORD));
        registry.set(KafkaOptions.REGISTRY_TOKEN, options.get(REGISTRY_TOKEN));
        try {
            SchemaSource.of(registry);
        } catch (IllegalArgumentException e) {
            throw new ValidationException(e.getMessage(), e);
        }
        return registry;
    }

    private static EventType<?> type(String name) {
        try {
            return EventTypes.named(name);
        } catch (IllegalArgumentException e) {
            throw new ValidationException(
                    "'" + IDENTIFIER + "." + EVENT.key() + "': " + e.getMessage(), e);
        }
    }
}
