package io.oxbow.bench.kernels;

import io.oxbow.bench.BenchmarkPlans;
import io.oxbow.bench.WholeModels;
import io.oxbow.plan.StepPlan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** What is measured by name, and at how many streams where the user does not say. */
final class KernelCases {
    static final String LINEAR = "linear";
    static final String MEMCPY = "memcpy";

    /** States that no cache holds. */
    static final int LARGE_BYTES = 256 << 20;

    private static final int STREAMS = 64;

    /** Enough that a device is busy, few enough that their registers are small beside states. */
    private static final int DEVICE_STREAMS = 16_384;

    private static final int[] DEVICE_RESIDENT = {1_000, 10_000, 100_000};

    /**
     * One size of a kernel.
     *
     * @param streams in a batch
     * @param resident streams that take turns, batch after batch
     */
    record Case(String kernel, int streams, int resident) {}

    private KernelCases() {}

    /** Single operations, then whole models. */
    static Map<String, Supplier<StepPlan>> plans() {
        Map<String, Supplier<StepPlan>> plans = new LinkedHashMap<>(BenchmarkPlans.all());
        plans.putAll(WholeModels.all());
        return plans;
    }

    /** Whether a kernel is a whole model, which the scalar reference is too slow for. */
    static boolean isWhole(String kernel) {
        return WholeModels.all().containsKey(kernel);
    }

    static List<Case> cases(String kernel, StepPlan plan) {
        List<Case> cases = new ArrayList<>();
        switch (kernel) {
            case "mamba1", "mamba2" -> {
                for (int streams : new int[] {1, 16, 64, 256}) {
                    cases.add(new Case(kernel, streams, streams));
                }
            }
            case "conv", "s4d", "s5", "lru", "legt" -> {
                int stateBytes = Float.BYTES * plan.layout().floats();
                cases.add(new Case(kernel, STREAMS, STREAMS));
                cases.add(new Case(kernel, STREAMS, LARGE_BYTES / stateBytes / STREAMS * STREAMS));
            }
            case LINEAR, "mamba1-130m", "mamba2-130m" -> {
                cases.add(new Case(kernel, 1, 1));
                cases.add(new Case(kernel, STREAMS, STREAMS));
            }
            default -> cases.add(new Case(kernel, STREAMS, STREAMS));
        }
        return cases;
    }

    /** On a device, whose states stay there: as many as a service would keep. */
    static List<Case> deviceCases(String kernel, StepPlan plan) {
        List<Case> cases = new ArrayList<>();
        switch (kernel) {
            case "mamba1", "mamba2", "s4d" -> {
                int most = (Integer.MAX_VALUE - 8) / plan.layout().floats();
                for (int resident : DEVICE_RESIDENT) {
                    int held = Math.min(resident, most);
                    cases.add(new Case(kernel, Math.min(held, DEVICE_STREAMS), held));
                }
            }
            case "mamba1-130m", "mamba2-130m" -> {
                cases.add(new Case(kernel, 1, 1));
                cases.add(new Case(kernel, STREAMS, STREAMS));
                cases.add(new Case(kernel, 8 * STREAMS, 8 * STREAMS));
            }
            default -> cases.add(new Case(kernel, STREAMS, STREAMS));
        }
        return cases;
    }
}
