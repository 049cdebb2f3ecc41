package io.oxbow.jobs.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.oxbow.flink.OxbowOptions;
import io.oxbow.jobs.cluster.ClusterSettings;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.configuration.Configuration;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The backend {@code tornado} on a cluster of processes, set up as docs/gpu.md says: TornadoVM's
 * arguments for the TaskManagers, kernels beside Flink's own jars. The device is whatever TornadoVM
 * finds: PoCL where there is no GPU.
 */
class DeviceClusterIT {
    private static final long SEED = Long.getLong("oxbow.test.seed", 20_264);
    private static final Duration PATIENCE = Duration.ofSeconds(240);
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final Set<String> VECTORS =
            Set.of("values", "forecast", "attribution", "embedding", "head");

    /** Places among past values: of two that are nearly equal, either may be the larger. */
    private static final Set<String> RANKED = Set.of("pValue", "score");

    private static final Offset<Float> NEAR_TIES = Offset.offset(0.02f);

    @TempDir private static Path work;
    private static ProcessJobs jobs;

    @BeforeAll
    static void start() throws Exception {
        String home = System.getenv("TORNADOVM_HOME");
        if (home == null) {
            System.out.println("DeviceClusterIT skipped: TORNADOVM_HOME is not set");
        }
        assumeTrue(home != null);
        Path kernels = jar("tornado-kernels");
        ClusterSettings settings =
                ClusterSettings.in(work.resolve("cluster"))
                        .withSlots(1)
                        .withFlinkLibraries(List.of(kernels, jar("ssm-core")))
                        .withFlinkOptions(
                                Map.of(
                                        "classloader.parent-first-patterns.additional",
                                        "io.oxbow.compute;io.oxbow.plan;io.oxbow.model"
                                                + ";io.oxbow.arch;io.oxbow.safetensors"
                                                + ";io.oxbow.json",
                                        "heartbeat.timeout",
                                        "30 s"))
                        .withTaskManagerArguments(
                                List.of(
                                        "-XX:-UseSerialGC",
                                        "-Xmx1g",
                                        "@" + home + "/tornado-argfile",
                                        "@" + kernels.resolve("../../device.argfile").normalize()));
        jobs = new ProcessJobs(settings, 2, work);
    }

    /** A jar of this build. */
    private static Path jar(String module) {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> entry.matches(".*/" + module + "/target/[^/]*\\.jar"))
                .filter(entry -> !entry.endsWith("-tests.jar"))
                .map(Path::of)
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalStateException(
                                        "no jar of "
                                                + module
                                                + " on the class path: run 'mvn -Ptornado verify'"));
    }

    @AfterAll
    static void stop() {
        if (jobs != null) {
            jobs.close();
        }
    }

    @Test
    void aKilledDeviceIsReplacedAndSaysWhatTheCpuSays() throws Exception {
        RecordedStreams recording = RecordedStreams.record(SEED, 4, 150);

        CommittedOutputs expected = jobs.undisturbed(recording, config("scalar"), PATIENCE);
        CommittedOutputs found = jobs.struck(recording, config("tornado"), PATIENCE, expected);
        assertThat(found.inferences().keySet())
                .hasSize(4)
                .isEqualTo(expected.inferences().keySet());
        for (String stream : expected.inferences().keySet()) {
            assertAlike(stream, found.inferences().get(stream), expected.inferences().get(stream));
        }
    }

    private static void assertAlike(String stream, List<String> found, List<String> expected)
            throws IOException {
        assertThat(found).as(stream).hasSameSizeAs(expected);
        for (int i = 0; i < expected.size(); i++) {
            JsonNode record = JSON.readTree(found.get(i));
            for (var field : JSON.readTree(expected.get(i)).properties()) {
                assertAlike(
                        "%s, record %d, %s".formatted(stream, i, field.getKey()),
                        field.getKey(),
                        record.get(field.getKey()),
                        field.getValue());
            }
        }
    }

    private static void assertAlike(String what, String field, JsonNode found, JsonNode expected) {
        if (VECTORS.contains(field)) {
            float[] values = floats(expected);
            float[] others = floats(found);
            assertThat(others).as(what).hasSameSizeAs(values);
            for (int i = 0; i < values.length; i++) {
                assertClose(what, others[i], values[i]);
            }
        } else if (RANKED.contains(field)) {
            assertThat(found.floatValue()).as(what).isCloseTo(expected.floatValue(), NEAR_TIES);
        } else if (expected.isFloatingPointNumber()) {
            assertClose(what, found.floatValue(), expected.floatValue());
        } else {
            assertThat(found).as(what).isEqualTo(expected);
        }
    }

    /** Both went through some hundred steps in floats, added up in another order. */
    private static void assertClose(String what, float found, float expected) {
        if (Float.compare(found, expected) != 0) {
            Offset<Float> tolerance = Offset.offset(1e-3f * (1 + Math.abs(expected)));
            assertThat(found).as(what).isCloseTo(expected, tolerance);
        }
    }

    /** Avro writes bytes as characters of as many. */
    private static float[] floats(JsonNode bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes.asText().getBytes(StandardCharsets.ISO_8859_1));
        float[] values = new float[buffer.remaining() / Float.BYTES];
        buffer.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
        return values;
    }

    /** Named by the backend, which is demanded: a task that cannot have it fails. */
    private static Configuration config(String backend) throws IOException {
        Configuration config = jobs.config(backend);
        config.set(OxbowOptions.COMPUTE_BACKEND, backend);
        return config;
    }
}
