package io.oxbow.compute.tornado;

import io.oxbow.compute.Availability;
import io.oxbow.compute.ComputeBackend;
import io.oxbow.compute.DeviceMeter;
import io.oxbow.compute.DeviceShare;
import io.oxbow.compute.KernelException;
import io.oxbow.compute.StepKernel;
import io.oxbow.plan.StepPlan;
import java.util.Optional;

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

    /** Where the device is the CPU itself, any backend of the CPU is the better choice. */
    @Override
    public int preference() {
        return availability() instanceof Availability.Available && DeviceProbe.isCpu() ? -1 : 20;
    }

    @Override
    public boolean isAccelerator() {
        return true;
    }

    @Override
    public Optional<DeviceMeter> meter() {
        return availability() instanceof Availability.Available
                ? Optional.of(new TornadoMeter())
                : Optional.empty();
    }

    @Override
    public Availability availability() {
        return Probe.RESULT;
    }

    @Override
    public StepKernel prepare(StepPlan plan, int maxTokens, int maxStreams) {
        return prepare(plan, maxTokens, maxStreams, DeviceShare.FIRST);
    }

    @Override
    public StepKernel prepare(StepPlan plan, int maxTokens, int maxStreams, DeviceShare share) {
        if (availability() instanceof Availability.Unavailable no) {
            throw new KernelException(
                    "compute backend 'tornado' is not available: " + no.reason(), no.cause());
        }
        return new TornadoStepKernel(plan, maxTokens, maxStreams, share);
    }

    /** A message without the colours and the stack trace that TornadoVM puts into it. */
    static String plain(String message) {
        int trace = message.indexOf("Stacktrace");
        return (trace < 0 ? message : message.substring(0, trace))
                .replaceAll("\\u001b\\[[0-9]+m", "")
                .replace('\n', ' ')
                .strip();
    }

    /** Holds the answer, found on first demand. */
    private static final class Probe {
        /** Bytes of a task graph of some thousand tasks. */
        private static final int LEAST_BYTECODE = 262_144;

        private static final Availability RESULT = run();

        private static Availability run() {
            if (System.getProperty("tornado.load.runtime.implementation") == null) {
                return no(
                        "this JVM runs without TornadoVM; start it with"
                                + " @$TORNADOVM_HOME/tornado-argfile and Oxbow's own"
                                + " @tornado-kernels/device.argfile",
                        null);
            }
            if (!"false".equalsIgnoreCase(System.getProperty("tornado.recover.bailout"))) {
                return no(
                        "a kernel that fails to compile would silently give wrong results; start"
                                + " the JVM with -Dtornado.recover.bailout=False, as in"
                                + " @tornado-kernels/device.argfile",
                        null);
            }
            if (Integer.getInteger("tornado.tvm.maxbytecodesize", 0) < LEAST_BYTECODE) {
                return no(
                        "TornadoVM has no room for the task graphs of deep models; start the JVM"
                                + " with -Dtornado.tvm.maxbytecodesize="
                                + LEAST_BYTECODE
                                + ", as in @tornado-kernels/device.argfile",
                        null);
            }
            try {
                return DeviceProbe.run();
            } catch (LinkageError | RuntimeException e) {
                return no("TornadoVM does not work here: " + reason(e), e);
            }
        }

        private static Availability no(String reason, Throwable cause) {
            return new Availability.Unavailable(reason, cause);
        }

        /** The innermost failure: TornadoVM wraps a missing driver in several others. */
        private static String reason(Throwable e) {
            Throwable deepest = e;
            while (deepest.getCause() != null) {
                deepest = deepest.getCause();
            }
            String message = deepest.getMessage() == null ? e.getMessage() : deepest.getMessage();
            return plain(String.valueOf(message));
        }
    }
}
