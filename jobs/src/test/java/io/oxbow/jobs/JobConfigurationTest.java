package io.oxbow.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.oxbow.flink.OxbowOptions;
import io.oxbow.flink.summary.SummaryOptions;
import io.oxbow.jobs.cli.UserMistake;
import io.oxbow.kafka.KafkaOptions;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.SslConfigs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JobConfigurationTest {
    @TempDir private Path directory;

    @Test
    void readsNestedAndFlatYaml() throws IOException {
        Path file =
                write(
                        "job.yaml",
                        """
                        oxbow:
                          kafka:
                            bootstrap-servers: kafka:9092
                            properties:
                              security.protocol: SASL_SSL
                        execution.checkpointing.interval: 3 s
                        """);
        Configuration configuration = JobConfiguration.read(file);
        assertThat(configuration.get(KafkaOptions.BOOTSTRAP_SERVERS)).isEqualTo("kafka:9092");
        assertThat(configuration.get(KafkaOptions.PROPERTIES))
                .containsExactly(Map.entry("security.protocol", "SASL_SSL"));
        assertThat(configuration.get(CheckpointingOptions.CHECKPOINTING_INTERVAL))
                .isEqualTo(Duration.ofSeconds(3));
        KnownOptions.refuseUnknown(configuration);
    }

    @Test
    void readsPropertiesAndLetsPairsWin() throws IOException {
        Path file = write("job.properties", "oxbow.kafka.group-id = a\nparallelism.default=2\n");
        Configuration configuration = JobConfiguration.read(file);
        JobConfiguration.override(configuration, Map.of("oxbow.kafka.group-id", "b"));
        assertThat(configuration.get(KafkaOptions.GROUP_ID)).isEqualTo("b");
    }

    @Test
    void defaultsLeaveAloneWhatIsSet() {
        Configuration given = new Configuration();
        given.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofSeconds(1));
        Configuration defaults = JobConfiguration.defaultsBeside(given);
        assertThat(defaults.contains(CheckpointingOptions.CHECKPOINTING_INTERVAL)).isFalse();
        assertThat(defaults.get(PipelineOptions.GENERIC_TYPES)).isFalse();
    }

    @Test
    void propertiesOfKafkaAreOneAKeySoThatFlinkHidesPasswords() {
        Configuration configuration = new Configuration();
        configuration.setString(
                KafkaOptions.PROPERTIES.key(), "ssl.key.password:one,sasl.mechanism:PLAIN");
        configuration.setString(KafkaOptions.PROPERTIES.key() + ".ssl.key.password", "two");
        KafkaSecrets.guard(configuration);
        assertThat(configuration.get(KafkaOptions.PROPERTIES))
                .containsOnly(
                        Map.entry("ssl.key.password", "two"), Map.entry("sasl.mechanism", "PLAIN"));
        assertThat(configuration.toString()).contains("PLAIN").doesNotContain("one", "two");
    }

    @Test
    void saysNothingOfAMapThatCannotBeRead() {
        Configuration configuration =
                Configuration.fromMap(
                        Map.of(KafkaOptions.PROPERTIES.key(), "ssl.key.password=hush"));
        assertThatThrownBy(() -> KnownOptions.refuseUnknown(configuration))
                .isInstanceOf(UserMistake.class)
                .hasNoCause()
                .hasMessageContaining(KafkaOptions.PROPERTIES.key())
                .hasMessageNotContaining("hush");
    }

    /** Every property that Kafka holds secret is hidden by Flink too, refused, or no secret. */
    @Test
    void flinkHidesWhatKafkaHides() {
        for (ConfigDef.ConfigKey key : ProducerConfig.configDef().configKeys().values()) {
            if (key.type != ConfigDef.Type.PASSWORD
                    || key.name.equals(SslConfigs.SSL_KEYSTORE_CERTIFICATE_CHAIN_CONFIG)
                    || key.name.equals(SslConfigs.SSL_TRUSTSTORE_CERTIFICATES_CONFIG)) {
                continue;
            }
            Configuration configuration = new Configuration();
            configuration.setString(KafkaOptions.PROPERTIES.key() + "." + key.name, "hush");
            if (configuration.toString().contains("hush")) {
                assertThatThrownBy(() -> KafkaSecrets.guard(configuration))
                        .as(key.name)
                        .isInstanceOf(UserMistake.class)
                        .hasMessageContaining(key.name)
                        .hasMessageNotContaining("hush");
            } else {
                KafkaSecrets.guard(configuration);
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "job.yaml | 'a: 1\na: 2\n' | found duplicate key a",
                "job.yaml | '- 1\n- 2\n' | it is not a mapping of keys to values",
                "job.properties | 'a=\u00ff\n' | it is not UTF-8 text"
            })
    void saysInOneLineWhyAFileCannotBeRead(String name, String text, String why)
            throws IOException {
        Path file = directory.resolve(name);
        Files.write(file, text.getBytes(StandardCharsets.ISO_8859_1));

        assertThatThrownBy(() -> JobConfiguration.read(file))
                .isInstanceOf(UserMistake.class)
                .hasMessageContaining(why)
                .satisfies(e -> assertThat(e.getMessage().lines()).hasSize(1));
    }

    @Test
    void saysWhichFileCannotBeRead() throws IOException {
        assertThatThrownBy(() -> JobConfiguration.read(directory.resolve("none.yaml")))
                .isInstanceOf(UserMistake.class)
                .hasMessageContaining("none.yaml");
        assertThatThrownBy(() -> JobConfiguration.read(write("job.yaml", "a: [b\n")))
                .isInstanceOf(UserMistake.class)
                .hasMessageContaining("job.yaml");
        assertThatThrownBy(() -> JobConfiguration.read(write("job.toml", "")))
                .isInstanceOf(UserMistake.class)
                .hasMessageContaining(".yaml");
    }

    @ParameterizedTest
    @CsvSource({
        "oxbow.kafka.group_id, x, oxbow.kafka.group-id",
        "oxbow.batch.max-token, 5, oxbow.batch.max-tokens",
        "oxbow.batch.max-tokens, many, 'many'",
        "oxbow.kafka.idleness, soon, 'soon'"
    })
    void refusesUnknownKeysAndValues(String key, String value, String named) {
        Configuration configuration = Configuration.fromMap(Map.of(key, value));
        assertThatThrownBy(() -> KnownOptions.refuseUnknown(configuration))
                .isInstanceOf(UserMistake.class)
                .hasMessageContaining(key)
                .hasMessageContaining(named);
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                JobOptions.class,
                KafkaOptions.class,
                OxbowOptions.class,
                SummaryOptions.class
            })
    void everyOptionIsKnown(Class<?> options) throws IllegalAccessException {
        for (Field field : options.getFields()) {
            if (field.getType() == ConfigOption.class) {
                assertThat(KnownOptions.all()).contains((ConfigOption<?>) field.get(null));
            }
        }
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }
}
