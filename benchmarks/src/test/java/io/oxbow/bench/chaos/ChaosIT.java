package io.oxbow.bench.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.oxbow.jobs.cluster.NamespaceNetwork;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A cluster of processes as one is run for real, the job's jar submitted by Flink's own client, and
 * one blow of every kind. {@code ./oxbow bench chaos} deals as many as one likes.
 */
class ChaosIT {
    private static final long SEED = Long.getLong("oxbow.test.seed", 20_261);

    @TempDir private Path folder;

    @Test
    void blowsLeaveNoTrace() throws Exception {
        ChaosPlan plan =
                new ChaosPlan(
                        List.of(
                                new ChaosPlan.Kill(ChaosPlan.Target.JOB_MANAGER, 0, false),
                                new ChaosPlan.FullDisk(Duration.ofSeconds(4)),
                                new ChaosPlan.Kill(ChaosPlan.Target.BROKER, 0, false),
                                new ChaosPlan.Upgrade(2)));
        Optional<String> undivided = NamespaceNetwork.unavailable();
        if (undivided.isPresent()) {
            System.out.println("ChaosIT cuts no network here: " + undivided.get());
        } else {
            plan = plan.and(new ChaosPlan.Cut(0, Duration.ofSeconds(8)));
        }
        try (ChaosRun run = ChaosRun.start(plan, folder, SEED, System.out::println)) {
            ChaosRun.Result result = run.run();
            assertThat(result.difference().first()).isEmpty();
            assertThat(result.difference().records()).isZero();
            assertThat(result.refusedWrites()).isPositive();
            assertThat(result.events()).isGreaterThan(1_000);
            assertThat(result.records()).isGreaterThan(result.events());
        }
    }

    @Test
    void theSameSeedIsTheSamePlan() {
        ChaosPlan.Counts counts = new ChaosPlan.Counts(20, 5, 4, 3, 2, 1);
        ChaosPlan plan = ChaosPlan.make(5, counts, 2);
        assertThat(plan.steps()).hasSize(35);
        assertThat(plan).isEqualTo(ChaosPlan.make(5, counts, 2));
        assertThat(plan).isNotEqualTo(ChaosPlan.make(6, counts, 2));
    }
}
