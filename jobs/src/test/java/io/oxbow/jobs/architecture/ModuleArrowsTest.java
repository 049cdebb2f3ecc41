package io.oxbow.jobs.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Which module may know which, and what none may know. */
class ModuleArrowsTest {
    private static final String[] CORE = {
        "io.oxbow.model..",
        "io.oxbow.arch..",
        "io.oxbow.plan..",
        "io.oxbow.compute",
        "io.oxbow.compute.scalar..",
        "io.oxbow.safetensors..",
        "io.oxbow.json.."
    };
    private static final String[] JDK_ONLY = {
        "io.oxbow.model..",
        "io.oxbow.arch..",
        "io.oxbow.plan..",
        "io.oxbow.compute..",
        "io.oxbow.safetensors..",
        "io.oxbow.json..",
        "io.oxbow.encode.."
    };

    private static final JavaClasses OXBOW =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .withImportOption(place -> !place.contains("-tests.jar"))
                    .importPackages("io.oxbow");

    @Test
    void everyPackageBelongsToAModule() {
        classes()
                .should()
                .resideInAnyPackage(
                        "io.oxbow.model..",
                        "io.oxbow.arch..",
                        "io.oxbow.plan..",
                        "io.oxbow.compute..",
                        "io.oxbow.safetensors..",
                        "io.oxbow.json..",
                        "io.oxbow.encode..",
                        "io.oxbow.flink..",
                        "io.oxbow.kafka..",
                        "io.oxbow.ingest..",
                        "io.oxbow.jobs..")
                .check(OXBOW);
        assertThat(OXBOW).hasSizeGreaterThan(50);
    }

    @Test
    void modulesKnowOnlyThoseTheirArrowsLeadTo() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("ssm-core")
                .definedBy(CORE)
                .optionalLayer("vector-kernels")
                .definedBy("io.oxbow.compute.vector..")
                .optionalLayer("tornado-kernels")
                .definedBy("io.oxbow.compute.tornado..")
                .layer("signal-encoders")
                .definedBy(
                        "io.oxbow.encode",
                        "io.oxbow.encode.audio..",
                        "io.oxbow.encode.image..",
                        "io.oxbow.encode.sensor..",
                        "io.oxbow.encode.video..")
                .optionalLayer("onnx-encoder")
                .definedBy("io.oxbow.encode.onnx..")
                .layer("flink-ssm-operator")
                .definedBy("io.oxbow.flink..")
                .layer("kafka-connectors")
                .definedBy("io.oxbow.kafka..")
                .layer("stream-ingest")
                .definedBy("io.oxbow.ingest..")
                .layer("jobs")
                .definedBy("io.oxbow.jobs..")
                .whereLayer("jobs")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("stream-ingest")
                .mayOnlyBeAccessedByLayers("jobs")
                .whereLayer("kafka-connectors")
                .mayOnlyBeAccessedByLayers("jobs", "stream-ingest")
                .whereLayer("signal-encoders")
                .mayOnlyBeAccessedByLayers("jobs", "stream-ingest", "onnx-encoder")
                .whereLayer("onnx-encoder")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("flink-ssm-operator")
                .mayOnlyBeAccessedByLayers("jobs", "stream-ingest", "kafka-connectors")
                .whereLayer("vector-kernels")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("tornado-kernels")
                .mayNotBeAccessedByAnyLayer()
                .check(OXBOW);
    }

    static Arguments[] confinedLibraries() {
        return new Arguments[] {
            Arguments.of("jdk.incubator..", new String[] {"io.oxbow.compute.vector.."}),
            Arguments.of("uk.ac.manchester..", new String[] {"io.oxbow.compute.tornado.."}),
            Arguments.of("ai.onnxruntime..", new String[] {"io.oxbow.encode.onnx.."}),
            Arguments.of("org.bytedeco..", new String[] {"io.oxbow.ingest.."}),
            Arguments.of(
                    "org.apache.flink..",
                    new String[] {"io.oxbow.flink..", "io.oxbow.kafka..", "io.oxbow.jobs.."}),
            Arguments.of(
                    "org.apache.kafka..",
                    new String[] {"io.oxbow.kafka..", "io.oxbow.ingest..", "io.oxbow.jobs.."}),
            Arguments.of("org.apache.avro..", new String[] {"io.oxbow.kafka..", "io.oxbow.jobs.."}),
            Arguments.of("picocli..", new String[] {"io.oxbow.jobs.."}),
            Arguments.of("com.fasterxml.jackson..", new String[] {"io.oxbow.jobs.."}),
            Arguments.of("com.esotericsoftware..", new String[] {})
        };
    }

    @ParameterizedTest
    @MethodSource("confinedLibraries")
    void aLibraryStaysInItsModules(String library, String[] modules) {
        noClasses()
                .that(resideOutside(modules))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .check(OXBOW);
    }

    @Test
    void coreAndEncodersNeedOnlyTheJdk() {
        classes()
                .that()
                .resideInAnyPackage(JDK_ONLY)
                .and(
                        resideOutside(
                                "io.oxbow.compute.vector..",
                                "io.oxbow.compute.tornado..",
                                "io.oxbow.encode.onnx.."))
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(with(JDK_ONLY, "java.."))
                .check(OXBOW);
    }

    @Test
    void eventsKnowNoKernels() {
        noClasses()
                .that()
                .resideInAPackage("io.oxbow.flink.event..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.oxbow.compute..", "io.oxbow.plan..", "io.oxbow.arch..")
                .check(OXBOW);
    }

    @Test
    void architecturesKnowNoBackend() {
        noClasses()
                .that()
                .resideInAnyPackage("io.oxbow.arch..", "io.oxbow.plan..", "io.oxbow.model..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.oxbow.compute..")
                .check(OXBOW);
    }

    private static DescribedPredicate<JavaClass> resideOutside(String... packages) {
        return packages.length == 0
                ? DescribedPredicate.alwaysTrue()
                : JavaClass.Predicates.resideOutsideOfPackages(packages);
    }

    private static String[] with(String[] packages, String more) {
        String[] all = Arrays.copyOf(packages, packages.length + 1);
        all[packages.length] = more;
        return all;
    }
}
