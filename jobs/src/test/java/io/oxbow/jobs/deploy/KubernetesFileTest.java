package io.oxbow.jobs.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.oxbow.jobs.OxbowJob;
import io.oxbow.jobs.process.ProjectFiles;
import java.nio.file.Files;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.YamlParserUtils;
import org.apache.flink.runtime.util.EnvironmentInformation;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The deployment fits this version of the job, of its image and of Flink. */
class KubernetesFileTest {
    private Map<?, ?> file;
    private Map<?, ?> spec;

    @BeforeEach
    void read() throws Exception {
        file =
                YamlParserUtils.loadYamlFile(
                        ProjectFiles.named("deploy/kubernetes/oxbow.yaml").toFile());
        spec = (Map<?, ?>) file.get("spec");
    }

    @Test
    void namesTheJobThatTheImageHolds() throws Exception {
        assertThat(file.get("kind")).isEqualTo("FlinkDeployment");
        Map<?, ?> job = (Map<?, ?>) spec.get("job");
        assertThat(job.get("entryClass")).isEqualTo(OxbowJob.class.getName());
        String jar = job.get("jarURI").toString().replace("local://", "");
        String dockerfile = Files.readString(ProjectFiles.named("deploy/docker/Dockerfile"));
        String folder = jar.substring(0, jar.lastIndexOf('/') + 1);
        assertThat(dockerfile).contains("oxbow-flink-job.jar " + folder);
        String compose = Files.readString(ProjectFiles.named("docker-compose.yml"));
        String image = spec.get("image").toString();
        assertThat(compose).contains("image: " + image.substring(image.lastIndexOf('/') + 1));
    }

    @Test
    void keepsStateAcrossUpgrades() {
        Map<?, ?> job = (Map<?, ?>) spec.get("job");
        assertThat(job.get("upgradeMode")).isEqualTo("savepoint");
        assertThat(job.get("allowNonRestoredState")).isEqualTo(false);
        Configuration flink = flink();
        assertThat(flink.get(PipelineOptions.MAX_PARALLELISM))
                .isGreaterThan(Integer.parseInt(job.get("parallelism").toString()));
        assertThat(flink.toMap())
                .containsKeys(
                        "execution.checkpointing.dir",
                        "execution.checkpointing.savepoint-dir",
                        "high-availability.storageDir");
    }

    @Test
    void isOfTheFlinkWeBuildAgainst() {
        String[] version = EnvironmentInformation.getVersion().split("\\.");
        assertThat(spec.get("flinkVersion")).isEqualTo("v" + version[0] + "_" + version[1]);
        assertThat(spec.toString()).contains("-" + EnvironmentInformation.getVersion() + ".jar");
    }

    private Configuration flink() {
        Configuration flink = new Configuration();
        ((Map<?, ?>) spec.get("flinkConfiguration"))
                .forEach((key, value) -> flink.setString(key.toString(), value.toString()));
        return flink;
    }
}
