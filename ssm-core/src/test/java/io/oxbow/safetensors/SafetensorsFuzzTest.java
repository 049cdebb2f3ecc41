package io.oxbow.safetensors;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Damaged files are refused with {@link SafetensorsException} and nothing else, or read as tensors
 * that lie within the file, and never take more memory than a fixed multiple of the file's size,
 * whatever lengths it claims. {@code -Doxbow.fuzz.mutations} sets how many.
 */
class SafetensorsFuzzTest {
    private static final int MUTATIONS = Integer.getInteger("oxbow.fuzz.mutations", 1_000_000);

    /** What parsing text into objects may cost for each byte of it. */
    private static final int BYTES_PER_BYTE = 64;

    /** An exception with its trace, and classes met for the first time. */
    private static final int FIXED_BYTES = 256 << 10;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private static final byte[] SPICE = "{}[]\",:-+.0123456789eE \\u\0\u007f".getBytes();

    @Test
    void survivesDamagedFiles() {
        byte[] sample = SafetensorsBytes.sample();
        Random random = new Random(20261123);
        int refused = 0;
        long most = 0;
        for (int i = 0; i < MUTATIONS; i++) {
            byte[] damaged = mutate(sample, random);
            long before = allocated();
            try {
                SafetensorsFile file =
                        i % 2 == 0
                                ? SafetensorsFile.read(ByteBuffer.wrap(damaged))
                                : SafetensorsFile.read(
                                        new ByteArrayInputStream(damaged), damaged.length);
                if (elements(file) > damaged.length) {
                    throw new AssertionError("more elements than the file has bytes");
                }
            } catch (SafetensorsException e) {
                if (e.getMessage().isBlank()) {
                    throw new AssertionError("refused without a reason", e);
                }
                refused++;
            } catch (IOException e) {
                throw new AssertionError("memory cannot fail to be read", e);
            }
            most = Math.max(most, allocated() - before - BYTES_PER_BYTE * damaged.length);
        }
        System.out.printf(
                "%,d damaged files, %,d refused; at most %,d bytes beyond %d a byte of the file%n",
                MUTATIONS, refused, most, BYTES_PER_BYTE);
        assertThat(refused).isGreaterThan(MUTATIONS / 2);
        assertThat(most).isLessThan(FIXED_BYTES);
    }

    /** Bytes this thread has ever allocated. */
    private static long allocated() {
        return THREADS.getCurrentThreadAllocatedBytes();
    }

    /** Reads everything; returns how many elements there were. */
    private static long elements(SafetensorsFile file) {
        long elements = 0;
        for (TensorInfo tensor : file.tensors().values()) {
            elements +=
                    tensor.dtype().real()
                            ? file.floats(tensor.name()).length
                            : file.longs(tensor.name()).length;
        }
        return elements;
    }

    private static byte[] mutate(byte[] original, Random random) {
        byte[] bytes = original.clone();
        int changes = 1 + random.nextInt(4);
        for (int i = 0; i < changes; i++) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(6)) {
                case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> bytes[at] = (byte) random.nextInt(256);
                case 2 -> bytes[at] = SPICE[random.nextInt(SPICE.length)];
                case 3 -> bytes = Arrays.copyOf(bytes, Math.max(1, at));
                case 4 -> bytes = splice(bytes, at, random);
                default ->
                        bytes[random.nextInt(Math.min(8, bytes.length))] ^= (byte) random.nextInt();
            }
        }
        return bytes;
    }

    /** Copies a stretch of the file over, or between, other bytes of it. */
    private static byte[] splice(byte[] bytes, int at, Random random) {
        int length = random.nextInt(Math.min(16, bytes.length - at) + 1);
        int to = random.nextInt(bytes.length + 1);
        byte[] longer = new byte[bytes.length + length];
        System.arraycopy(bytes, 0, longer, 0, to);
        System.arraycopy(bytes, at, longer, to, length);
        System.arraycopy(bytes, to, longer, to + length, bytes.length - to);
        return longer;
    }
}
