package io.oxbow.compute.vector;

import static org.assertj.core.api.Assertions.assertThat;

import io.oxbow.compute.Availability;
import io.oxbow.compute.BackendSelector;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class VectorAvailabilityTest {

    /** Prints what a fresh JVM says of the backend. */
    public static final class Ask {
        public static void main(String[] args) {
            System.out.println(new VectorBackend().availability());
            System.out.println(
                    BackendSelector.load(Ask.class.getClassLoader()).select("auto").why());
        }
    }

    @Test
    void worksWithTheModule() {
        assertThat(new VectorBackend().availability())
                .isInstanceOfSatisfying(
                        Availability.Available.class,
                        yes -> assertThat(yes.device()).contains("-bit vectors"));
    }

    @Test
    void autoPrefersItToScalar() {
        BackendSelector.Selection chosen =
                BackendSelector.load(getClass().getClassLoader()).select("auto");

        assertThat(chosen.backend().name()).isEqualTo("vector");
    }

    @Test
    void withoutTheModuleItSaysHowToAddItAndScalarIsChosen() throws Exception {
        String said = inFreshJvm();

        assertThat(said)
                .contains("Unavailable")
                .contains("--add-modules=jdk.incubator.vector")
                .contains("'scalar' is the best available");
    }

    private static String inFreshJvm() throws IOException, InterruptedException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String classPath = System.getProperty("java.class.path");
        Process process =
                new ProcessBuilder(List.of(java, "-cp", classPath, Ask.class.getName()))
                        .redirectErrorStream(true)
                        .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }
}
