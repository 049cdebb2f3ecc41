package io.oxbow.compute.tornado;

import io.oxbow.compute.Availability;
import io.oxbow.compute.ComputeBackend;
import io.oxbow.compute.KernelException;
import io.oxbow.compute.StepKernel;
import io.oxbow.plan.StepPlan;

/**
 * Kernels on whatever device TornadoVM drives: a GPU, or a CPU through OpenCL. Needs a JVM started
 * with TornadoVM's argument file; see this module's README.
 *
 * <p>Only {@link DeviceProbe} and {@link TornadoStepKernel} reach TornadoVM, so this class loads
 * where it is absent.
 */
public final class TornadoBackend implements ComputeBackend {

    @Override
    public String name() {
        return "tornado";
    }

    @Override
    public int preference() {
        return 20;
    }

    @Override
    public Availability availability() {
        return Probe.RESULT;
    }

    @Override
    public StepKernel prepare(StepPlan plan, int maxTokens, int maxStreams) {
        if (availability() instanceof Availability.Unavailable no) {
            throw new KernelException(
                    "compute backend 'tornado' is not available: " + no.reason(), no.cause());
        }
        return new TornadoStepKernel(plan, maxTokens, maxStreams, 0);
    }

    /** Holds the answer, found on first demand. */
    private static final class Probe {
        private static final String RECOVER = "tornado.recover.bailout";
        private static final Availability RESULT = run();

        private static Availability run() {
            if (System.getProperty("tornado.load.runtime.implementation") == null) {
                return new Availability.Unavailable(
                        "this JVM runs without TornadoVM; start it with"
                                + " @$TORNADOVM_HOME/tornado-argfile",
                        null);
            }
            if (!"false".equalsIgnoreCase(System.getProperty(RECOVER))) {
                return new Availability.Unavailable(
                        "a kernel that fails to compile would silently give wrong results; start"
                                + " the JVM with -D"
                                + RECOVER
                                + "=False",
                        null);
            }
            try {
                return DeviceProbe.run();
            } catch (LinkageError | RuntimeException e) {
                return new Availability.Unavailable(
                        "TornadoVM does not work here: " + e.getMessage(), e);
            }
        }
    }
}
