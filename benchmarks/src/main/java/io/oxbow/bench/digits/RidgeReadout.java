package io.oxbow.bench.digits;

/**
 * A linear readout of classes, fitted in closed form: least squares against one-hot targets with a
 * penalty on the squared weights and none on the bias.
 *
 * <pre>
 * W = argmin  sum_i |W x_i + b - onehot(y_i)|^2 + strength |W|^2
 *   = (X'X + strength I)^-1 X'Y   of centred X and Y,   b = mean(Y) - W mean(X)
 * </pre>
 *
 * In double throughout. Immutable.
 */
final class RidgeReadout {
    private final double[][] weights;
    private final double[] bias;

    private RidgeReadout(double[][] weights, double[] bias) {
        this.weights = weights;
        this.bias = bias;
    }

    /**
     * One readout for each strength of the penalty.
     *
     * @param rows (samples, inputs)
     * @param labels class of each sample, 0 to {@code classes - 1}
     * @param strengths positive
     */
    static RidgeReadout[] fit(double[][] rows, int[] labels, int classes, double... strengths) {
        int inputs = rows[0].length;
        double[] rowMean = new double[inputs];
        double[] targetMean = new double[classes];
        for (int i = 0; i < rows.length; i++) {
            targetMean[labels[i]] += 1.0 / rows.length;
            for (int p = 0; p < inputs; p++) {
                rowMean[p] += rows[i][p] / rows.length;
            }
        }
        double[][] gram = new double[inputs][inputs];
        double[][] products = new double[classes][inputs];
        double[] centred = new double[inputs];
        for (int i = 0; i < rows.length; i++) {
            for (int p = 0; p < inputs; p++) {
                centred[p] = rows[i][p] - rowMean[p];
                products[labels[i]][p] += centred[p];
            }
            addOuterProduct(gram, centred);
        }
        RidgeReadout[] readouts = new RidgeReadout[strengths.length];
        for (int s = 0; s < strengths.length; s++) {
            double[][] factor = cholesky(gram, strengths[s]);
            double[][] weights = new double[classes][];
            double[] bias = targetMean.clone();
            for (int c = 0; c < classes; c++) {
                weights[c] = solve(factor, products[c]);
                bias[c] -= dot(weights[c], rowMean, inputs);
            }
            readouts[s] = new RidgeReadout(weights, bias);
        }
        return readouts;
    }

    /** What the readout says of each class, (classes). */
    double[] scores(double[] row) {
        double[] scores = bias.clone();
        for (int c = 0; c < scores.length; c++) {
            scores[c] += dot(weights[c], row, row.length);
        }
        return scores;
    }

    /** The class with the highest score. */
    int classOf(double[] row) {
        double[] scores = scores(row);
        int best = 0;
        for (int c = 1; c < scores.length; c++) {
            if (scores[c] > scores[best]) {
                best = c;
            }
        }
        return best;
    }

    /** Only the lower triangle. */
    private static void addOuterProduct(double[][] gram, double[] row) {
        for (int p = 0; p < row.length; p++) {
            double[] line = gram[p];
            double factor = row[p];
            for (int q = 0; q <= p; q++) {
                line[q] += factor * row[q];
            }
        }
    }

    /** The lower triangle L with {@code L L' = gram + strength I}. */
    private static double[][] cholesky(double[][] gram, double strength) {
        int n = gram.length;
        double[][] lower = new double[n][n];
        for (int p = 0; p < n; p++) {
            for (int q = 0; q < p; q++) {
                lower[p][q] = (gram[p][q] - dot(lower[p], lower[q], q)) / lower[q][q];
            }
            lower[p][p] = Math.sqrt(gram[p][p] + strength - dot(lower[p], lower[p], p));
        }
        return lower;
    }

    private static double[] solve(double[][] lower, double[] right) {
        int n = right.length;
        double[] x = right.clone();
        for (int p = 0; p < n; p++) {
            x[p] = (x[p] - dot(lower[p], x, p)) / lower[p][p];
        }
        for (int p = n - 1; p >= 0; p--) {
            x[p] /= lower[p][p];
            for (int q = 0; q < p; q++) {
                x[q] -= lower[p][q] * x[p];
            }
        }
        return x;
    }

    /** In four chains, so that one addition need not wait for the other. */
    private static double dot(double[] a, double[] b, int count) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int i = 0;
        for (; i + 3 < count; i += 4) {
            s0 += a[i] * b[i];
            s1 += a[i + 1] * b[i + 1];
            s2 += a[i + 2] * b[i + 2];
            s3 += a[i + 3] * b[i + 3];
        }
        for (; i < count; i++) {
            s0 += a[i] * b[i];
        }
        return s0 + s1 + (s2 + s3);
    }
}
