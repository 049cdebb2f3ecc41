package io.oxbow.compute;

/**
 * The arithmetic of recursive least squares on rows of state: a covariance {@code P = U D U'}, U
 * unit upper triangular, D diagonal, and what one measurement does to it and to the weights
 * (Bierman 1977, Factorization Methods for Discrete Sequential Estimation, V.3).
 *
 * <p>P is packed by columns: column j holds its j elements of U above the diagonal, then its
 * element of D. An instance is made for one number of weights and keeps the gain of the last
 * measurement; one thread at a time. Allocates nothing in use.
 */
public interface LeastSquares {

    /**
     * Takes in one measurement of unit variance, after dividing P by {@code forgetting}.
     *
     * @param packed where P lies in {@code state}
     * @param features the measurement's coefficients, from {@code at}
     */
    void measure(float[] state, int packed, float[] features, int at, double forgetting);

    /** Takes in a measurement of the weight {@code only} alone, by {@code coefficient}. */
    void measureOne(float[] state, int packed, int only, float coefficient);

    /** What one vector of weights predicts. */
    double predict(float[] state, int weights, float[] features, int at);

    /** What a matrix of weights, {@code (size, out.length)}, predicts. */
    void predict(float[] state, int weights, float[] features, float[] out);

    /** Moves a vector of weights by the gain of the last measurement times its error. */
    void correct(float[] state, int weights, double error);

    /**
     * Moves a matrix of weights, {@code (size, errors.length)}, each column by its own error of the
     * same measurement. {@code errors} is used up.
     */
    void correct(float[] state, int weights, float[] errors);
}
