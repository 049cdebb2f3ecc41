package io.oxbow.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.oxbow.compute.OutputBatch;
import io.oxbow.compute.StateTable;
import io.oxbow.compute.StepKernel;
import io.oxbow.compute.TokenBatch;
import io.oxbow.compute.scalar.ScalarBackend;
import io.oxbow.jobs.bench.Benchmark;
import io.oxbow.jobs.cli.OutputOptions;
import io.oxbow.jobs.cli.UserMistake;
import io.oxbow.plan.StepPlan;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BenchmarksTest {

    static List<String> plans() {
        return List.copyOf(BenchmarkPlans.all().keySet());
    }

    @ParameterizedTest
    @MethodSource("plans")
    void aLongRunStaysFinite(String name) {
        StepPlan plan = BenchmarkPlans.all().get(name).get();
        TokenBatch batch = new TokenBatch(plan.inputDim(), 1, 1);
        OutputBatch outputs = new OutputBatch(plan.outputs(), 1);
        batch.offsets()[1] = 1;
        batch.dt()[0] = 1;
        batch.size(1, 1);
        try (StepKernel kernel = new ScalarBackend().prepare(plan, 1, 1);
                StateTable table = kernel.newTable(1)) {
            table.initRows(new int[] {0}, 1);
            for (int step = 0; step < 500; step++) {
                batch.eventTimes()[0] = 1000L * step;
                batch.tokens()[0] = step % 7 - 3;
                kernel.run(batch, table, outputs);
            }
        }
        for (float value : outputs.values()) {
            assertThat(value).isBetween(-1e4f, 1e4f);
        }
        assertThat(BenchmarkPlans.elementsPerToken(plan)).isPositive();
    }

    @Test
    void allAreFoundByTheCommandLine() {
        assertThat(ServiceLoader.load(Benchmark.class))
                .extracting(Benchmark::name)
                .contains(
                        "kernels",
                        "memory",
                        "pipeline",
                        "latency",
                        "scale",
                        "checkpoint",
                        "detect",
                        "diary",
                        "digits",
                        "drift");
    }

    @Test
    void mistakesAreToldInASentence() {
        assertMistake("kernels", "there is no kernel 'mamba9'", "--kernel", "mamba9");
        assertMistake("kernels", "there is no compute backend 'gpu'", "--backend", "gpu");
        assertMistake("kernels", "--threads must be positive", "--threads", "0");
        assertMistake("kernels", "--resident needs --streams", "--resident", "8");
        assertMistake("kernels", "at least --streams", "--streams", "9", "--resident", "8");
        assertMistake("kernels", "'--weights'", "--weights", "int4");
        assertMistake("pipeline", "'--job'", "--job", "fast");
        assertMistake("latency", "--seconds must be positive", "--seconds", "0");
        assertMistake("scale", "--streams must be positive", "--streams", "0");
        assertMistake("checkpoint", "--checkpoints must be positive", "--checkpoints", "2");
        assertMistake("memory", "Unknown option: '--all'", "--all");
    }

    private static void assertMistake(String benchmark, String sentence, String... arguments) {
        Benchmark found =
                ServiceLoader.load(Benchmark.class).stream()
                        .map(ServiceLoader.Provider::get)
                        .filter(b -> b.name().equals(benchmark))
                        .findFirst()
                        .orElseThrow();
        assertThatThrownBy(() -> found.run(List.of(arguments), new OutputOptions()))
                .isInstanceOf(UserMistake.class)
                .hasMessageContaining(sentence);
    }
}
