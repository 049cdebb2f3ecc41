package io.oxbow.compute;

import io.oxbow.arch.memory.MemoryConfig;
import io.oxbow.arch.memory.MemoryConfig.Window;
import io.oxbow.arch.memory.MemoryModel;
import io.oxbow.plan.StepPlan;
import java.util.ArrayList;
import java.util.List;

/** The built-in model memory, of many channels and few, and with the smallest of everything. */
final class MemoryPlans {

    private MemoryPlans() {}

    static List<PlanCase> cases() {
        List<PlanCase> cases = new ArrayList<>();
        for (int channels : new int[] {1, 2, 5, 17, 64, 130}) {
            cases.add(
                    new PlanCase(
                            "memory of " + channels + " channels",
                            plan(MemoryConfig.forChannels(channels))));
        }
        cases.add(
                new PlanCase(
                        "memory, smallest",
                        plan(
                                new MemoryConfig(
                                        3,
                                        List.of(new Window(1, 2)),
                                        1,
                                        0,
                                        1,
                                        0.99,
                                        0.5,
                                        2,
                                        0.01,
                                        1,
                                        new MemoryConfig.Shapes(3, 2, true),
                                        new MemoryConfig.Ahead(1, 1, true, 0.99)))));
        cases.add(
                new PlanCase(
                        "memory, one token in three teaches a horizon of seven",
                        plan(
                                MemoryConfig.forChannels(3)
                                        .with(new MemoryConfig.Ahead(7, 3, false, 0.99)))));
        cases.add(new PlanCase("memory without a horizon", plan(MemoryConfig.forChannels(2, 0))));
        return cases;
    }

    private static StepPlan plan(MemoryConfig config) {
        return MemoryModel.build(config).plan();
    }
}
