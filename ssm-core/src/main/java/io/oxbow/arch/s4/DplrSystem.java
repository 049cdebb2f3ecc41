package io.oxbow.arch.s4;

import io.oxbow.arch.Complex;
import io.oxbow.arch.Matrix;
import io.oxbow.plan.Discretisation;

/**
 * The bilinear steps of {@code dx/dt = (Lambda - P P*) x + B u}, in conjugate pairs, for steps of
 * any length.
 *
 * <p>With D = 1 / (2/dt - Lambda), E = 2/dt + Lambda and R = I + P* D P, Woodbury's identity gives
 *
 * <pre>
 * x' = D E x  -  D P R^-1 P* (I + D E) x  +  2 (D B - D P R^-1 P* D B) u
 *    = a x    -  v s,  s = w x            +  b u
 * </pre>
 *
 * where products with P* run over both of each pair, so are twice a real part. Table as {@link
 * io.oxbow.plan.DplrScan} has it. Immutable.
 */
final class DplrSystem implements Discretisation {
    private final S4Parameters parameters;
    private final int channels;
    private final int modes;
    private final int rank;

    DplrSystem(S4Parameters parameters) {
        this.parameters = parameters;
        this.channels = parameters.channels();
        this.modes = parameters.modes();
        this.rank = parameters.p().length;
    }

    @Override
    public int size() {
        return (4 + 4 * rank) * channels * modes;
    }

    @Override
    public void fill(double ratio, double[] table) {
        for (int h = 0; h < channels; h++) {
            Step step = step(h, ratio * parameters.dt()[h]);
            for (int m = 0; m < modes; m++) {
                put(table, 0, h, m, step.a[m]);
                put(table, 2, h, m, step.b[m]);
                for (int r = 0; r < rank; r++) {
                    put(table, 4 + 4 * r, h, m, step.v[r][m]);
                    put(table, 6 + 4 * r, h, m, step.w[r][m]);
                }
            }
        }
    }

    /** Writes to block {@code block} and the one after it, each (modes, channels). */
    private void put(double[] table, int block, int channel, int mode, Complex value) {
        int size = channels * modes;
        int at = block * size + mode * channels + channel;
        table[at] = value.re();
        table[at + size] = value.im();
    }

    /** Coefficients of one channel's step: a, b (modes) and v, w (rank, modes). */
    private record Step(Complex[] a, Complex[] b, Complex[][] v, Complex[][] w) {}

    private Step step(int channel, double dt) {
        Complex[] d = new Complex[modes];
        Complex[] a = new Complex[modes];
        Complex[] driven = new Complex[modes];
        Complex rate = new Complex(2 / dt, 0);
        for (int m = 0; m < modes; m++) {
            Complex pole = parameters.a()[channel * modes + m];
            d[m] = Complex.ONE.over(rate.minus(pole));
            a[m] = d[m].times(rate.plus(pole));
            driven[m] = d[m].times(parameters.b()[channel * modes + m]).times(2);
        }
        Complex[][] v = new Complex[rank][modes];
        for (int r = 0; r < rank; r++) {
            for (int m = 0; m < modes; m++) {
                v[r][m] = d[m].times(p(r, channel, m));
            }
        }
        double[] inverse = inverse(channel, v);
        Complex[][] w = new Complex[rank][modes];
        double[] absorbed = new double[rank];
        for (int r = 0; r < rank; r++) {
            for (int m = 0; m < modes; m++) {
                Complex q = new Complex(0, 0);
                for (int s = 0; s < rank; s++) {
                    q = q.plus(p(s, channel, m).conjugate().times(inverse[r * rank + s]));
                }
                w[r][m] = q.times(Complex.ONE.plus(a[m]));
                absorbed[r] += 2 * q.times(driven[m]).re();
            }
        }
        for (int m = 0; m < modes; m++) {
            for (int r = 0; r < rank; r++) {
                driven[m] = driven[m].minus(v[r][m].times(absorbed[r]));
            }
        }
        return new Step(a, driven, v, w);
    }

    /** R^-1, (rank, rank). */
    private double[] inverse(int channel, Complex[][] v) {
        double[] r = Matrix.identity(rank);
        for (int i = 0; i < rank; i++) {
            for (int j = 0; j < rank; j++) {
                for (int m = 0; m < modes; m++) {
                    r[i * rank + j] += 2 * p(i, channel, m).conjugate().times(v[j][m]).re();
                }
            }
        }
        return Matrix.solve(r, Matrix.identity(rank), rank, rank);
    }

    private Complex p(int rank, int channel, int mode) {
        return parameters.p()[rank][channel * modes + mode];
    }

    /**
     * The C of the recurrence. What is stored is that of the convolution kernel cut at {@code
     * length} steps, C~ = C (I - dA^length); solved once, in double, in real coordinates.
     *
     * @param length 0 when C is stored itself
     */
    Complex[] recover(long length) {
        if (length == 0) {
            return parameters.c();
        }
        Complex[] recovered = new Complex[channels * modes];
        int n = 2 * modes;
        for (int h = 0; h < channels; h++) {
            double[] power = Matrix.power(realStep(step(h, parameters.dt()[h])), length, n);
            double[] remaining = Matrix.add(Matrix.identity(n), power, -1);
            double[] stored = new double[n];
            for (int m = 0; m < modes; m++) {
                stored[m] = parameters.c()[h * modes + m].re();
                stored[modes + m] = -parameters.c()[h * modes + m].im();
            }
            double[] c = Matrix.solve(Matrix.transpose(remaining, n), stored, n, 1);
            for (int m = 0; m < modes; m++) {
                recovered[h * modes + m] = new Complex(c[m], -c[modes + m]);
            }
        }
        return recovered;
    }

    /** The step as a matrix on the real parts, then the imaginary parts. */
    private double[] realStep(Step step) {
        int n = 2 * modes;
        double[] matrix = new double[n * n];
        for (int m = 0; m < modes; m++) {
            matrix[m * n + m] = step.a[m].re();
            matrix[m * n + modes + m] = -step.a[m].im();
            matrix[(modes + m) * n + m] = step.a[m].im();
            matrix[(modes + m) * n + modes + m] = step.a[m].re();
        }
        for (int r = 0; r < rank; r++) {
            for (int i = 0; i < modes; i++) {
                for (int j = 0; j < modes; j++) {
                    double re = 2 * step.w[r][j].re();
                    double im = -2 * step.w[r][j].im();
                    matrix[i * n + j] -= step.v[r][i].re() * re;
                    matrix[i * n + modes + j] -= step.v[r][i].re() * im;
                    matrix[(modes + i) * n + j] -= step.v[r][i].im() * re;
                    matrix[(modes + i) * n + modes + j] -= step.v[r][i].im() * im;
                }
            }
        }
        return matrix;
    }
}
