package io.oxbow.compute;

/**
 * What of the devices a task may use. A backend without devices of its own ignores it.
 *
 * @param device which of several, counted from 0; past the last it begins again, so that tasks that
 *     name their own number are spread over all
 * @param bytes of that device's memory that all tables of this process may take together; 0 for all
 *     there is
 */
public record DeviceShare(int device, long bytes) {
    /** The first device, and all its memory. */
    public static final DeviceShare FIRST = new DeviceShare(0, 0);

    public DeviceShare {
        if (device < 0 || bytes < 0) {
            throw new IllegalArgumentException("device " + device + ", " + bytes + " bytes");
        }
    }
}
