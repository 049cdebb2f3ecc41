package io.oxbow.bench.detect;

import java.util.List;

/**
 * A method under comparison: one detector, or one a seed where it is random.
 *
 * @param name as the command line calls it
 */
record Contender(String name, List<Detector> detectors) {
    Contender {
        detectors = List.copyOf(detectors);
    }
}
