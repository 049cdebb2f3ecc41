package io.oxbow.bench.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.oxbow.jobs.cli.OutputOptions;
import io.oxbow.jobs.cli.UserMistake;
import java.util.List;
import org.junit.jupiter.api.Test;

class SizePlanTest {
    private static final Costs COSTS = new Costs(10_000, 60_000, 40_000, 500, 1_000);
    private static final Machines MACHINES =
            new Machines(16, 0.5, 50e9, 1e12, 1e9, 1e9, 1e8, 3, 1.5);

    @Test
    void aSmallFleetNeedsOneOfEach() {
        SizePlan plan = SizePlan.of(1_000, 1, 60, COSTS, MACHINES);
        assertThat(plan.events()).isEqualTo(1_000);
        assertThat(plan.taskManagers()).isEqualTo(1);
        assertThat(plan.brokers()).isEqualTo(1);
        assertThat(plan.residentShare()).isEqualTo(1);
        assertThat(plan.checkpointBytes()).isCloseTo(1e8, within(1.0));
    }

    /** Each row reckoned by hand. */
    @Test
    void whatIsShortDecides() {
        // 4 million events a second are 400 cores, and 8 may be busy: 50. The state, 400 GB, is in
        // memory.
        SizePlan busy = SizePlan.of(4_000_000, 1, 3_600, COSTS, MACHINES);
        assertThat(busy.taskManagers()).isEqualTo(50);
        assertThat(busy.boundBy()).isEqualTo("cores");
        assertThat(busy.brokers()).isEqualTo(180);

        // 10 TB of state, hardly an event: 15 TB on disks of 1 TB.
        SizePlan large = SizePlan.of(100_000_000, 1e-6, 3_600, COSTS, MACHINES);
        assertThat(large.taskManagers()).isEqualTo(15);
        assertThat(large.boundBy()).isEqualTo("disk space");
        assertThat(large.residentShare()).isCloseTo(0.075, within(1e-9));

        // Of 1 TB, 20 in memory: a million events a second read and write what is missing.
        SizePlan cold = SizePlan.of(10_000_000, 0.02, 36_000, COSTS, MACHINES);
        assertThat(cold.boundBy()).isEqualTo("disk bandwidth");
        double missed = 1 - cold.residentShare();
        double traffic = 200_000 * missed * 200_000 + 2 * cold.checkpointBandwidth();
        assertThat(traffic).isLessThanOrEqualTo(cold.taskManagers() * 1e9);
        double oneLess = 1 - Math.min(1, (cold.taskManagers() - 1) * 50e9 / 1e12);
        assertThat(200_000 * oneLess * 200_000 + 2 * cold.checkpointBandwidth())
                .isGreaterThan((cold.taskManagers() - 1) * 1e9);
    }

    @Test
    void moreStreamsNeverNeedLess() {
        SizePlan before = SizePlan.of(1_000, 0.1, 600, COSTS, MACHINES);
        for (long streams = 2_000; streams < 1_000_000_000; streams *= 2) {
            SizePlan plan = SizePlan.of(streams, 0.1, 600, COSTS, MACHINES);
            assertThat(plan.taskManagers()).isGreaterThanOrEqualTo(before.taskManagers());
            assertThat(plan.brokers()).isGreaterThanOrEqualTo(before.brokers());
            before = plan;
        }
    }

    @Test
    void theCostsAreThoseOfTheModelAndTheEvents() throws Exception {
        Costs small = MeasuredCosts.of("memory", 4, 1, false);
        Costs large = MeasuredCosts.of("memory", 64, 1, true);
        assertThat(large.modelBytes()).isGreaterThan(small.modelBytes());
        assertThat(large.bytesIn() - small.bytesIn()).isBetween(239L, 243L);
        assertThat(large.bytesOut()).isGreaterThan(3 * 64 * 4);
        assertThat(small.bytesOut()).isZero();
        assertThat(small.summaryBytes()).isBetween(10_000L, 64L * 1024);
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        assertThatThrownBy(
                        () -> new PlanBenchmark().run(List.of("--rate", "0"), new OutputOptions()))
                .isInstanceOf(UserMistake.class)
                .hasMessageContaining("positive");
    }
}
