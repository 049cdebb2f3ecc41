package io.oxbow.compute.tornado;

import io.oxbow.compute.KernelException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.TornadoTargetDevice;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.TornadoDeviceType;
import uk.ac.manchester.tornado.api.runtime.TornadoRuntimeProvider;

/**
 * A device that tables of this process share: one kernel after the other, see {@link #run}.
 * TornadoVM's compiler serves one thread at a time, whatever the device: see {@link #runAlone}.
 */
final class Device {
    /** Past this TornadoVM allocates nothing. */
    static final String TORNADO_LIMIT = "tornado.device.memory";

    private static final long TORNADO_LIMIT_DEFAULT = 4L << 30;

    private static final ReadWriteLock COMPILER = new ReentrantReadWriteLock();

    private final TornadoDevice device;
    private final int index;
    private final AtomicLong taken = new AtomicLong();
    private final Lock queue = new ReentrantLock();

    private Device(TornadoDevice device, int index) {
        this.device = device;
        this.index = index;
    }

    /** Found on first demand: TornadoVM is not asked before it was probed. */
    private static final class All {
        private static final List<Device> DEVICES = find();

        /** Those of TornadoVM's first backend that are of the default device's type. */
        private static List<Device> find() {
            var backend = TornadoRuntimeProvider.getTornadoRuntime().getBackend(0);
            TornadoDeviceType type = backend.getDefaultDevice().getDeviceType();
            List<Device> found = new ArrayList<>();
            for (int i = 0; i < backend.getNumDevices(); i++) {
                TornadoDevice each = backend.getDevice(i);
                if (each.getDeviceType() == type) {
                    found.add(new Device(each, found.size()));
                }
            }
            return List.copyOf(found);
        }
    }

    /** Device number {@code index}; past the last it begins again. */
    static Device at(int index) {
        return All.DEVICES.get(index % All.DEVICES.size());
    }

    static int count() {
        return All.DEVICES.size();
    }

    /** Counted from 0 among those of its type. */
    int index() {
        return index;
    }

    String name() {
        return target().getDeviceName();
    }

    boolean isCpu() {
        return device.getDeviceType() == TornadoDeviceType.CPU;
    }

    boolean has64BitArithmetic() {
        return device.getDeviceContext().isFP64Supported();
    }

    private TornadoTargetDevice target() {
        return device.getPhysicalDevice();
    }

    /** Lets {@code plan} run here. */
    void take(TornadoExecutionPlan plan) {
        if (index > 0) {
            plan.withDevice(device);
        }
    }

    /** Runs what compiles nothing, as soon as this device is free. */
    void run(Runnable work) {
        locked(COMPILER.readLock(), () -> locked(queue, work));
    }

    /** Runs what compiles or frees, while no device does anything. */
    void runAlone(Runnable work) {
        locked(COMPILER.writeLock(), work);
    }

    private static void locked(Lock lock, Runnable work) {
        lock.lock();
        try {
            work.run();
        } finally {
            lock.unlock();
        }
    }

    /** Bytes that all tables on this device hold. */
    long taken() {
        return taken.get();
    }

    /**
     * The memory of one table.
     *
     * @param budget bytes for all tables of the process on this device together, or 0 for all that
     *     TornadoVM may take
     * @throws KernelException if TornadoVM or the device has less than the budget
     */
    DeviceMemory memory(long budget) {
        TornadoTargetDevice target = target();
        long limit = Math.min(tornadoLimit(), target.getDeviceGlobalMemorySize());
        if (budget > limit) {
            throw new KernelException(
                    "oxbow.tornado.device-memory is "
                            + (budget >> 20)
                            + " MiB, but the device has "
                            + (target.getDeviceGlobalMemorySize() >> 20)
                            + " MiB and TornadoVM takes at most "
                            + (tornadoLimit() >> 20)
                            + " MiB of it; start the JVM with -D"
                            + TORNADO_LIMIT
                            + "=<size>, as in 40GB, or lower the option");
        }
        return new DeviceMemory(
                taken, budget > 0 ? budget : limit, target.getDeviceMaxAllocationSize());
    }

    /** TornadoVM's own reading of a size: a number and B, KB, MB or GB. */
    private static long tornadoLimit() {
        String text = System.getProperty(TORNADO_LIMIT);
        if (text == null) {
            return TORNADO_LIMIT_DEFAULT;
        }
        String size = text.strip().toUpperCase(Locale.ROOT);
        int digits = 0;
        while (digits < size.length() && Character.isDigit(size.charAt(digits))) {
            digits++;
        }
        long unit =
                switch (size.substring(digits)) {
                    case "GB" -> 1L << 30;
                    case "MB" -> 1L << 20;
                    case "KB" -> 1L << 10;
                    default -> 1;
                };
        return digits == 0 ? TORNADO_LIMIT_DEFAULT : Long.parseLong(size, 0, digits, 10) * unit;
    }

    static String reason(Throwable e) {
        return TornadoBackend.plain(String.valueOf(e.getMessage()));
    }
}
