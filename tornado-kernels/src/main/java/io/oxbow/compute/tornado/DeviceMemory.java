package io.oxbow.compute.tornado;

import io.oxbow.compute.KernelException;
import java.util.concurrent.atomic.AtomicLong;
import uk.ac.manchester.tornado.api.types.arrays.DoubleArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.arrays.LongArray;

/**
 * The device memory of one table, taken from a budget that all tables of the process share. An
 * array that does not fit is refused before it is made. Not thread-safe; the budget is.
 */
final class DeviceMemory implements AutoCloseable {
    private final AtomicLong takenByAll;
    private final long budget;
    private final long largestArray;
    private long taken;

    /**
     * @param takenByAll bytes that all tables on the device hold, counted here
     * @param budget bytes, for all tables together
     * @param largestArray bytes that the device allocates in one piece at most
     */
    DeviceMemory(AtomicLong takenByAll, long budget, long largestArray) {
        this.takenByAll = takenByAll;
        this.budget = budget;
        this.largestArray = largestArray;
    }

    FloatArray floats(long length) {
        return new FloatArray(take(length, Float.BYTES));
    }

    DoubleArray doubles(long length) {
        return new DoubleArray(take(length, Double.BYTES));
    }

    LongArray longs(long length) {
        return new LongArray(take(length, Long.BYTES));
    }

    IntArray ints(long length) {
        return new IntArray(take(length, Integer.BYTES));
    }

    private int take(long length, int elementBytes) {
        long bytes = length * elementBytes;
        if (length > Integer.MAX_VALUE - 8 || bytes > largestArray) {
            throw new KernelException(
                    "the device allocates at most "
                            + mebibytes(largestArray)
                            + " and 2^31 elements in one piece, and "
                            + mebibytes(bytes)
                            + " are needed; lower oxbow.state.resident-memory or"
                            + " oxbow.batch.max-tokens");
        }
        long before = takenByAll.getAndAdd(bytes);
        if (before + bytes > budget) {
            takenByAll.addAndGet(-bytes);
            throw new KernelException(
                    "the device memory does not suffice: of "
                            + mebibytes(budget)
                            + ", "
                            + mebibytes(before - taken)
                            + " are in use by others and "
                            + mebibytes(taken)
                            + " by this table, and it needs "
                            + mebibytes(bytes)
                            + " more; lower oxbow.state.resident-memory or oxbow.batch.max-tokens,"
                            + " or raise oxbow.tornado.device-memory and -Dtornado.device.memory");
        }
        taken += bytes;
        return (int) length;
    }

    private static String mebibytes(long bytes) {
        return (bytes + (1 << 20) - 1) / (1 << 20) + " MiB";
    }

    @Override
    public void close() {
        takenByAll.addAndGet(-taken);
        taken = 0;
    }
}
