package io.oxbow.compute.scalar;

import io.oxbow.compute.Availability;
import io.oxbow.compute.ComputeBackend;
import io.oxbow.compute.HostStepKernel;
import io.oxbow.compute.OpKernel;
import io.oxbow.compute.StepKernel;
import io.oxbow.plan.DenseRecurrence;
import io.oxbow.plan.Linear;
import io.oxbow.plan.StepOp;
import io.oxbow.plan.StepPlan;

/** The readable reference in plain Java. Always available. */
public final class ScalarBackend implements ComputeBackend {

    @Override
    public String name() {
        return "scalar";
    }

    @Override
    public int preference() {
        return 0;
    }

    @Override
    public Availability availability() {
        return new Availability.Available("plain Java on " + System.getProperty("os.arch"));
    }

    @Override
    public StepKernel prepare(StepPlan plan, int maxTokens, int maxStreams) {
        return new HostStepKernel(plan, maxTokens, ScalarBackend::compile);
    }

    /** The reference kernel of one operation; other CPU backends fall back to it. */
    public static OpKernel compile(StepOp op) {
        if (op instanceof Linear linear) {
            return new ScalarLinear(linear);
        }
        if (op instanceof DenseRecurrence recurrence) {
            return new ScalarDenseRecurrence(recurrence);
        }
        throw new IllegalArgumentException("no scalar kernel for " + op.describe());
    }
}
