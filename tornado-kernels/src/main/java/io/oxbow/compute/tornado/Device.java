package io.oxbow.compute.tornado;

import io.oxbow.compute.KernelException;
import java.util.Locale;
import uk.ac.manchester.tornado.api.TornadoTargetDevice;
import uk.ac.manchester.tornado.api.runtime.TornadoRuntimeProvider;

/**
 * The device that all tables of this process share. TornadoVM's compiler, caches and queues are not
 * made for several threads at once: whoever uses them holds {@link #LOCK}. A device works on one
 * kernel after the other anyway.
 */
final class Device {
    static final Object LOCK = new Object();

    /** Past this TornadoVM allocates nothing. */
    static final String TORNADO_LIMIT = "tornado.device.memory";

    private static final long TORNADO_LIMIT_DEFAULT = 4L << 30;

    private Device() {}

    static TornadoTargetDevice target() {
        return TornadoRuntimeProvider.getTornadoRuntime().getDefaultDevice().getPhysicalDevice();
    }

    /**
     * The memory of one table.
     *
     * @param budget bytes for all tables of the process together, or 0 for all that TornadoVM may
     *     take
     * @throws KernelException if TornadoVM or the device has less than the budget
     */
    static DeviceMemory memory(long budget) {
        TornadoTargetDevice device = target();
        long limit = Math.min(tornadoLimit(), device.getDeviceGlobalMemorySize());
        if (budget > limit) {
            throw new KernelException(
                    "oxbow.tornado.device-memory is "
                            + (budget >> 20)
                            + " MiB, but the device has "
                            + (device.getDeviceGlobalMemorySize() >> 20)
                            + " MiB and TornadoVM takes at most "
                            + (tornadoLimit() >> 20)
                            + " MiB of it; start the JVM with -D"
                            + TORNADO_LIMIT
                            + "=<size>, as in 40GB, or lower the option");
        }
        return new DeviceMemory(budget > 0 ? budget : limit, device.getDeviceMaxAllocationSize());
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
