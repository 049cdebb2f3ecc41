package io.oxbow.jobs;

import io.oxbow.jobs.cli.UserMistake;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.YamlParserUtils;
import org.apache.flink.state.rocksdb.RocksDBConfigurableOptions;
import org.rocksdb.CompressionType;

/**
 * Where the options of a job come from: a file, then {@code key=value} pairs that override it, then
 * defaults for what nobody set. Options are Oxbow's ({@code oxbow.*}) and Flink's alike.
 */
public final class JobConfiguration {
    private JobConfiguration() {}

    /**
     * Reads a file of options: YAML, nested or flat, or Java properties.
     *
     * @throws UserMistake if it cannot be read or understood
     */
    public static Configuration read(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new UserMistake("there is no configuration file '" + file + "'");
        }
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        try {
            if (name.endsWith(".yaml") || name.endsWith(".yml")) {
                return readYaml(file);
            }
            if (name.endsWith(".properties") || name.endsWith(".conf")) {
                return readProperties(file);
            }
        } catch (Exception e) {
            throw new UserMistake(
                    "the configuration file '" + file + "' cannot be read: " + reason(e), e);
        }
        throw new UserMistake(
                "the configuration file '"
                        + file
                        + "' must end in .yaml, .yml or .properties to say what it is");
    }

    /** In one line; what a parser says may have many. */
    private static String reason(Exception failure) {
        if (failure instanceof ClassCastException) {
            return "it is not a mapping of keys to values";
        } else if (failure instanceof CharacterCodingException) {
            return "it is not UTF-8 text";
        }
        return String.valueOf(failure.getMessage()).strip().replaceAll("\\s+", " ");
    }

    /** Sets {@code key=value} pairs over what {@code configuration} holds. */
    public static void override(Configuration configuration, Map<String, String> pairs) {
        pairs.forEach(configuration::setString);
    }

    /**
     * What Oxbow's jobs run with unless {@code given} says otherwise; contains nothing that {@code
     * given} sets.
     */
    public static Configuration defaultsBeside(ReadableConfig given) {
        Configuration defaults = new Configuration();
        // Kryo must never see an event or a state: a type without a serializer fails the job.
        fill(defaults, given, PipelineOptions.GENERIC_TYPES, false);
        fill(defaults, given, PipelineOptions.OBJECT_REUSE, true);
        // Flink's 100 ms would be most of the time from an event to its inference.
        fill(defaults, given, ExecutionOptions.BUFFER_TIMEOUT, Duration.ofMillis(10));
        fill(defaults, given, CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofSeconds(10));
        // Aligned while all is well; under back pressure the barrier overtakes what is queued.
        fill(defaults, given, CheckpointingOptions.ENABLE_UNALIGNED, true);
        fill(
                defaults,
                given,
                CheckpointingOptions.ALIGNED_CHECKPOINT_TIMEOUT,
                Duration.ofSeconds(5));
        fill(defaults, given, CheckpointingOptions.TOLERABLE_FAILURE_NUMBER, 3);
        fill(
                defaults,
                given,
                CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
                ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
        fill(defaults, given, RestartStrategyOptions.RESTART_STRATEGY, "exponential-delay");
        // States are floats, which do not get smaller; a checkpoint would wait for the attempt.
        fill(
                defaults,
                given,
                RocksDBConfigurableOptions.COMPRESSION_PER_LEVEL,
                List.of(CompressionType.NO_COMPRESSION));
        // Streams that said nothing since the last checkpoint are in it already.
        fill(defaults, given, CheckpointingOptions.INCREMENTAL_CHECKPOINTS, true);
        // A state that is read is there: without filters it is sought in every file that might
        // hold it.
        fill(defaults, given, RocksDBConfigurableOptions.USE_BLOOM_FILTER, true);
        return defaults;
    }

    private static <T> void fill(
            Configuration defaults, ReadableConfig given, ConfigOption<T> option, T value) {
        if (given.getOptional(option).isEmpty()) {
            defaults.set(option, value);
        }
    }

    private static Configuration readYaml(Path file) throws Exception {
        Configuration configuration = new Configuration();
        flatten("", YamlParserUtils.loadYamlFile(file.toFile()), configuration);
        return configuration;
    }

    private static void flatten(String prefix, Map<?, ?> tree, Configuration into) {
        tree.forEach(
                (key, value) -> {
                    String path = prefix + key;
                    if (value instanceof Map<?, ?> branch) {
                        flatten(path + ".", branch, into);
                    } else if (value instanceof List<?>) {
                        into.setString(path, YamlParserUtils.toYAMLString(value));
                    } else if (value != null) {
                        into.setString(path, value.toString());
                    }
                });
    }

    private static Configuration readProperties(Path file) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        }
        Configuration configuration = new Configuration();
        for (String key : properties.stringPropertyNames()) {
            configuration.setString(key, properties.getProperty(key).strip());
        }
        return configuration;
    }
}
