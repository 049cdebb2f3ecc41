package io.oxbow.bench.digits;

/**
 * Brings each input to mean 0 and standard deviation 1 over the rows it was fitted to; one that did
 * not vary there becomes 0.
 *
 * @param mean (inputs)
 * @param scale (inputs), what to multiply with
 */
record Standardiser(double[] mean, double[] scale) {

    /** Of {@code rows (samples, inputs)}. */
    static Standardiser of(double[][] rows) {
        int inputs = rows[0].length;
        double[] mean = new double[inputs];
        double[] scale = new double[inputs];
        for (int p = 0; p < inputs; p++) {
            for (double[] row : rows) {
                mean[p] += row[p] / rows.length;
            }
            double variance = 0;
            for (double[] row : rows) {
                variance += (row[p] - mean[p]) * (row[p] - mean[p]) / rows.length;
            }
            scale[p] = variance > 0 ? 1 / Math.sqrt(variance) : 0;
        }
        return new Standardiser(mean, scale);
    }

    double[] apply(double[] row) {
        double[] result = new double[row.length];
        for (int p = 0; p < row.length; p++) {
            result[p] = (row[p] - mean[p]) * scale[p];
        }
        return result;
    }

    double[][] apply(double[][] rows) {
        double[][] result = new double[rows.length][];
        for (int i = 0; i < rows.length; i++) {
            result[i] = apply(rows[i]);
        }
        return result;
    }
}
