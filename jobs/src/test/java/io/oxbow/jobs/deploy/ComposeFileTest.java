package io.oxbow.jobs.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.oxbow.jobs.process.ProjectFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.configuration.YamlParserUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docker-compose.yml promises: safe, limited, pinned containers, and files that are there. */
class ComposeFileTest {
    private static final Path FILE = ProjectFiles.named("docker-compose.yml");
    private static final Pattern PINNED = Pattern.compile("[a-z/-]+:v?\\d+\\.\\d+\\.\\d+.*");
    private static final Pattern OWN_FILE = Pattern.compile("\\./([^:]+):.*");

    @TempDir private Path folder;

    /** The whole file as Docker Compose understands it, profiles included. */
    @Test
    void dockerComposeTakesIt() throws Exception {
        Path output = folder.resolve("config.txt");
        Process process;
        try {
            process =
                    new ProcessBuilder(
                                    "docker-compose",
                                    "-f",
                                    FILE.toString(),
                                    "--profile",
                                    "gpu",
                                    "--profile",
                                    "registry",
                                    "config")
                            .redirectErrorStream(true)
                            .redirectOutput(output.toFile())
                            .start();
        } catch (IOException e) {
            System.out.println("ComposeFileTest: docker-compose is absent, its check is left out.");
            return;
        }
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(output)).isZero();
        assertThat(Files.readString(output)).contains("taskmanager-gpu", "registry");
    }

    @Test
    void everyContainerIsSafeLimitedPinnedAndWatched() throws Exception {
        Map<?, ?> services = services();
        assertThat(services.keySet().stream().map(Object::toString))
                .contains(
                        "kafka",
                        "jobmanager",
                        "taskmanager",
                        "console",
                        "prometheus",
                        "grafana",
                        "registry",
                        "taskmanager-gpu");
        services.forEach(
                (name, settings) -> {
                    Map<?, ?> service = (Map<?, ?>) settings;
                    assertThat(service.get("image").toString())
                            .as("%s: image", name)
                            .matches(PINNED);
                    assertThat(service.containsKey("mem_limit")).as("%s: memory", name).isTrue();
                    assertThat(service.containsKey("cpus")).as("%s: processors", name).isTrue();
                    assertThat(service.containsKey("user")).as("%s: user", name).isFalse();
                    assertThat(service.containsKey("privileged")).as("%s", name).isFalse();
                    assertThat(service.get("cap_drop").toString())
                            .as("%s: capabilities", name)
                            .isEqualTo("[ALL]");
                    assertThat(service.containsKey("healthcheck")).as("%s: health", name).isTrue();
                    assertThat(ports(service))
                            .as("%s: ports open to this machine only", name)
                            .allMatch(port -> port.startsWith("127.0.0.1:"));
                });
    }

    @Test
    void mountedFilesAndImageTargetsAreThere() throws Exception {
        String dockerfile = Files.readString(ProjectFiles.named("deploy/docker/Dockerfile"));
        Set<String> files = new TreeSet<>();
        for (Object settings : services().values()) {
            Map<?, ?> service = (Map<?, ?>) settings;
            if (service.get("volumes") instanceof List<?> volumes) {
                for (Object volume : volumes) {
                    Matcher matcher = OWN_FILE.matcher(volume.toString());
                    if (matcher.matches()) {
                        files.add(matcher.group(1));
                    }
                }
            }
            if (service.get("build") instanceof Map<?, ?> build) {
                assertThat(dockerfile).contains(" AS " + build.get("target") + "\n");
            }
        }
        assertThat(files).hasSizeGreaterThan(2);
        assertThat(files).allMatch(name -> Files.exists(ProjectFiles.named(name)));
    }

    /** No image ends as root, and none is unpinned. */
    @Test
    void imagesEndAsAUserOfTheirOwn() throws IOException {
        String dockerfile = Files.readString(ProjectFiles.named("deploy/docker/Dockerfile"));
        for (String stage : List.of("flink", "flink-gpu", "oxbow")) {
            String from = dockerfile.substring(dockerfile.indexOf(" AS " + stage + "\n"));
            int next = from.indexOf("\nFROM ");
            String body = next < 0 ? from : from.substring(0, next);
            assertThat(body.substring(body.lastIndexOf("\nUSER ") + 6))
                    .as(stage)
                    .startsWith(stage.startsWith("flink") ? "flink" : "oxbow");
        }
        assertThat(dockerfile).doesNotContain(":latest");
    }

    private static List<String> ports(Map<?, ?> service) {
        return service.get("ports") instanceof List<?> ports
                ? ports.stream().map(Object::toString).toList()
                : List.of();
    }

    private static Map<?, ?> services() throws Exception {
        Map<Object, Object> merged = new TreeMap<>();
        ((Map<?, ?>) YamlParserUtils.loadYamlFile(FILE.toFile()).get("services"))
                .forEach((name, service) -> merged.put(name, merged((Map<?, ?>) service)));
        return merged;
    }

    /** The parser leaves YAML's merge keys as they are. */
    private static Map<?, ?> merged(Map<?, ?> map) {
        Map<Object, Object> result = new HashMap<>();
        if (map.get("<<") instanceof Map<?, ?> base) {
            result.putAll(merged(base));
        }
        result.putAll(map);
        return result;
    }
}
