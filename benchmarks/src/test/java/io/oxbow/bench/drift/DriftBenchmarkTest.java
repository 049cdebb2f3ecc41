package io.oxbow.bench.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.oxbow.arch.Architectures;
import io.oxbow.compute.scalar.ScalarBackend;
import io.oxbow.jobs.cli.OutputOptions;
import io.oxbow.jobs.cli.UserMistake;
import io.oxbow.model.SsmModel;
import io.oxbow.plan.ActivationFunction;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DriftBenchmarkTest {
    /** A million take minutes: {@code oxbow bench drift}. */
    private static final int STEPS = Integer.getInteger("oxbow.drift.steps", 20_000);

    static Set<String> models() {
        return DriftModels.all().keySet();
    }

    @ParameterizedTest
    @MethodSource("models")
    void staysNearTheSameModelInDoubles(String name) {
        DriftBenchmark.Drift drift =
                DriftBenchmark.measure(
                        name, DriftModels.all().get(name).get(), new ScalarBackend(), STEPS);

        assertThat(drift.stateError()).isPositive().isLessThan(DriftBenchmark.LIMIT);
        assertThat(drift.outputError()).isPositive().isLessThan(DriftBenchmark.LIMIT);
        assertThat(drift.ok()).isTrue();
    }

    @Test
    void everyArchitectureThatLearnsOffLineIsMeasured() {
        Set<String> measured =
                DriftModels.all().values().stream()
                        .map(Supplier::get)
                        .map(SsmModel::architecture)
                        .collect(Collectors.toSet());

        assertThat(Architectures.all())
                .extracting(architecture -> architecture.name())
                .filteredOn(name -> !name.equals("memory"))
                .allMatch(measured::contains);
    }

    @Test
    void theNormalDistributionOfTheReferenceIsExact() {
        double[] x = {-6, -4.5, -1, 0.5, 3.9, 4.1};
        double[] gelu = {
            -5.919525870226207e-09,
            -1.5289529061285276e-05,
            -0.15865525393145707,
            0.34573123063700656,
            3.8998124242583314,
            4.099915304221659
        };
        for (int i = 0; i < x.length; i++) {
            assertThat(DoublePlan.value(ActivationFunction.GELU, x[i]))
                    .isCloseTo(gelu[i], within(1e-13));
        }
    }

    @Test
    void mistakesAreToldInASentence() {
        DriftBenchmark benchmark = new DriftBenchmark();
        OutputOptions output = new OutputOptions();
        assertThatThrownBy(() -> benchmark.run(List.of("--model", "mamba9"), output))
                .isInstanceOf(UserMistake.class)
                .hasMessageContaining("there is no model 'mamba9' to measure; known: hippo-legs");
        assertThatThrownBy(() -> benchmark.run(List.of("--steps", "0"), output))
                .isInstanceOf(UserMistake.class)
                .hasMessageContaining("--steps must be positive");
        assertThatThrownBy(() -> benchmark.run(List.of("--backend", "abacus"), output))
                .isInstanceOf(UserMistake.class)
                .hasMessageContaining("no compute backend 'abacus'");
    }
}
