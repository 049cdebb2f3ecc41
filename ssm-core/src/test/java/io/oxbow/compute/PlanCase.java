package io.oxbow.compute;

import io.oxbow.plan.Register;
import io.oxbow.plan.StepPlan;

/**
 * A plan that every backend must run.
 *
 * @param name for people: the operation or model, and its sizes
 */
public record PlanCase(String name, StepPlan plan) {

    /**
     * Largest difference from the scalar backend that reordered sums may cause, relative to the
     * largest value of the output field: a unit of rounding for each term of the longest sum of
     * each operation.
     */
    double tolerance() {
        int longestSum =
                plan.registers().stream().mapToInt(Register::width).max().orElseThrow() + 16;
        return Math.ulp(1f) * longestSum * plan.ops().size();
    }

    @Override
    public String toString() {
        return name;
    }
}
