package io.oxbow.compute.vector;

import io.oxbow.compute.Availability;
import io.oxbow.compute.ComputeBackend;
import io.oxbow.compute.HostStepKernel;
import io.oxbow.compute.KernelException;
import io.oxbow.compute.StepKernel;
import io.oxbow.plan.StepPlan;

/**
 * SIMD kernels on {@code jdk.incubator.vector}, for JVMs started with {@code --add-modules
 * jdk.incubator.vector}. Operations it does not speed up run as the scalar reference.
 *
 * <p>Only {@link VectorOps} and what it reaches touch the incubating module, so this class loads
 * where the module is absent.
 */
public final class VectorBackend implements ComputeBackend {

    @Override
    public String name() {
        return "vector";
    }

    @Override
    public int preference() {
        return 10;
    }

    @Override
    public Availability availability() {
        return Probe.RESULT;
    }

    @Override
    public StepKernel prepare(StepPlan plan, int maxTokens, int maxStreams) {
        if (availability() instanceof Availability.Unavailable no) {
            throw new KernelException(
                    "compute backend 'vector' is not available: " + no.reason(), no.cause());
        }
        return new HostStepKernel(plan, maxTokens, VectorOps::compile);
    }

    /** Holds the answer, found on first demand. */
    private static final class Probe {
        private static final Availability RESULT = run();

        private static Availability run() {
            try {
                return VectorOps.probe();
            } catch (LinkageError e) {
                return new Availability.Unavailable(
                        "this JVM runs without the SIMD module; start it with"
                                + " --add-modules=jdk.incubator.vector",
                        e);
            } catch (RuntimeException e) {
                return new Availability.Unavailable("the SIMD module does not work here: " + e, e);
            }
        }
    }
}
