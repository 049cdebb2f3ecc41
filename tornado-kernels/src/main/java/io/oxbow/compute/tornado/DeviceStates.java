package io.oxbow.compute.tornado;

import io.oxbow.model.StateLayout;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.LongArray;

/**
 * State rows in arrays of the device. A kernel cannot address rows of nothing: where a layout has
 * no floats or no longs, a row has one that is never read.
 *
 * @param floats (rows, rowFloats), row-major
 * @param longs (rows, rowLongs), row-major
 */
record DeviceStates(FloatArray floats, LongArray longs, int rowFloats, int rowLongs) {

    static DeviceStates allocate(DeviceMemory memory, StateLayout layout, int rows) {
        int rowFloats = Math.max(1, layout.floats());
        int rowLongs = Math.max(1, layout.longs());
        return new DeviceStates(
                memory.floats((long) rowFloats * rows),
                memory.longs((long) rowLongs * rows),
                rowFloats,
                rowLongs);
    }
}
