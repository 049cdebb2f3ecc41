package io.oxbow.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.oxbow.kafka.event.Features;
import java.time.Duration;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.flink.configuration.Configuration;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.utility.DockerImageName;

/** The registries themselves, in containers: Apicurio's, and Confluent's behind a Kafka. */
class SchemaRegistryContainersIT {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @BeforeAll
    static void needDocker() {
        boolean docker = DockerClientFactory.instance().isDockerAvailable();
        if (!docker) {
            System.out.println("schema registries: skipped, no Docker runs here");
        }
        Assumptions.assumeTrue(docker, "no Docker");
    }

    @Test
    void apicuriosGivesIdsAndTheirSchemas() throws Exception {
        try (GenericContainer<?> apicurio =
                new GenericContainer<>(DockerImageName.parse("apicurio/apicurio-registry:3.0.6"))
                        .withExposedPorts(8080)
                        .waitingFor(
                                Wait.forHttp("/apis/ccompat/v7/subjects")
                                        .forPort(8080)
                                        .withStartupTimeout(PATIENCE))) {
            apicurio.start();
            eventsGoThrough(url(apicurio, 8080) + "/apis/ccompat/v7");
        }
    }

    @Test
    void confluentsGivesIdsAndTheirSchemas() throws Exception {
        try (Network network = Network.newNetwork();
                KafkaContainer kafka =
                        new KafkaContainer(DockerImageName.parse("apache/kafka:4.0.0"))
                                .withNetwork(network)
                                .withListener("kafka:19092");
                GenericContainer<?> confluent =
                        new GenericContainer<>(
                                        DockerImageName.parse(
                                                "confluentinc/cp-schema-registry:7.9.0"))
                                .withNetwork(network)
                                .withExposedPorts(8081)
                                .withEnv("SCHEMA_REGISTRY_HOST_NAME", "registry")
                                .withEnv(
                                        "SCHEMA_REGISTRY_KAFKASTORE_BOOTSTRAP_SERVERS",
                                        "kafka:19092")
                                .waitingFor(
                                        Wait.forHttp("/subjects")
                                                .forPort(8081)
                                                .withStartupTimeout(PATIENCE))) {
            kafka.start();
            confluent.start();
            eventsGoThrough(url(confluent, 8081));
        }
    }

    private static String url(GenericContainer<?> container, int port) {
        return "http://" + container.getHost() + ":" + container.getMappedPort(port);
    }

    private static void eventsGoThrough(String url) throws Exception {
        Configuration config = new Configuration().set(KafkaOptions.REGISTRY_URL, url);
        Features event = new RandomEvents(8).next(EventTypes.FEATURES);
        ProducerRecord<byte[], byte[]> record =
                new EventRecords<>(EventTypes.FEATURES, config).record("oxbow.features", event);
        EventDecoder decoder = new EventDecoder(SchemaSource.of(config));
        assertThat(decoder.decode(EventTypes.FEATURES, record.value())).isEqualTo(event);

        SchemaRegistry registry = new SchemaRegistry(RegistrySettings.of(config).orElseThrow());
        Schema evolved = SchemaRegistryTest.withOneMore(EventTypes.FEATURES.schema(), "addedLater");
        int id = registry.register("elsewhere-value", evolved);
        assertThat(SchemaSource.of(config).find(id).getFields())
                .extracting(Schema.Field::name)
                .containsAll(List.of("addedLater", "streamId"));
        config.set(KafkaOptions.REGISTRY_REGISTER, false);
        assertThat(
                        new EventRecords<>(EventTypes.FEATURES, config)
                                .record("oxbow.features", event)
                                .value())
                .isEqualTo(record.value());
    }
}
