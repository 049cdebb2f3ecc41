package io.oxbow.compute;

import java.util.List;
import java.util.stream.Stream;

/**
 * The plans that {@link ComputeBackendContract} runs: every kind of operation at odd sizes, and
 * whole models. A new operation or model adds a list of cases here.
 */
public final class PlanCatalogue {

    private PlanCatalogue() {}

    /** All cases, built afresh. */
    public static List<PlanCase> cases() {
        return Stream.of(
                        LinearPlans.cases(),
                        ElementwisePlans.cases(),
                        ScanPlans.cases(),
                        MemoryPlans.cases(),
                        SelectivePlans.cases(),
                        ModelPlans.cases())
                .flatMap(List::stream)
                .toList();
    }
}
