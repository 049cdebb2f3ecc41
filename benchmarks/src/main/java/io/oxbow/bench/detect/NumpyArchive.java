package io.oxbow.bench.detect;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Reads a vector of 32-bit floats from a NumPy {@code .npz} archive. */
final class NumpyArchive {
    private static final int MAGIC_BYTES = 8;

    private NumpyArchive() {}

    /**
     * The array {@code name}, of any shape, in the order it is stored.
     *
     * @throws IOException if the archive has no such array or it holds anything but little-endian
     *     32-bit floats
     */
    static float[] floats(Path file, String name) throws IOException {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            ZipEntry entry = zip.getEntry(name + ".npy");
            if (entry == null) {
                throw new IOException("'" + file + "' has no array '" + name + "'");
            }
            ByteBuffer bytes =
                    ByteBuffer.wrap(zip.getInputStream(entry).readAllBytes())
                            .order(ByteOrder.LITTLE_ENDIAN);
            boolean wide = bytes.get(6) > 1;
            bytes.position(MAGIC_BYTES);
            byte[] header = new byte[wide ? bytes.getInt() : Short.toUnsignedInt(bytes.getShort())];
            bytes.get(header);
            String type = new String(header, StandardCharsets.US_ASCII);
            if (!type.contains("'<f4'")) {
                throw new IOException("'" + name + "' in '" + file + "' is no <f4: " + type);
            }
            float[] values = new float[bytes.remaining() / Float.BYTES];
            bytes.asFloatBuffer().get(values);
            return values;
        }
    }
}
