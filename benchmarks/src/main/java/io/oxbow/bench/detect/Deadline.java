package io.oxbow.bench.detect;

/** A time after which no further file is begun. */
final class Deadline {

    /** The time is over. */
    static final class Passed extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private final long end;

    Deadline(double minutes) {
        this.end = System.nanoTime() + (long) (minutes * 60e9);
    }

    /**
     * @throws Passed if the time is over
     */
    void check() {
        if (System.nanoTime() - end > 0) {
            throw new Passed();
        }
    }
}
