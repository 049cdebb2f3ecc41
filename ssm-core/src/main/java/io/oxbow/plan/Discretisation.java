package io.oxbow.plan;

/**
 * One step of a linear system, for a step of any length: the coefficients of {@code x <- A x + B u}
 * as functions of the elapsed time.
 *
 * <p>Coefficients are 64-bit: a rounded decay of 0.9995 is off by a ten-thousandth of its time
 * constant. Immutable and safe to share between threads.
 */
public interface Discretisation {

    /** Doubles of one table. */
    int size();

    /**
     * Fills {@code table}, whose layout the operation that uses it defines.
     *
     * @param ratio elapsed time in steps of the length the model was made for; positive
     */
    void fill(double ratio, double[] table);
}
