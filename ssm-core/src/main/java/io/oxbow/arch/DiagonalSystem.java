package io.oxbow.arch;

import io.oxbow.plan.Discretisation;

/**
 * Many complex modes {@code dx/dt = a x + b u}, each with a step of its own, discretised for any
 * multiple of it. Table: decay real, decay imaginary, gain real, gain imaginary, each (modes), the
 * gain with b in it. Immutable.
 */
public final class DiagonalSystem implements Discretisation {
    private final DiagonalRule rule;
    private final Complex[] a;
    private final Complex[] b;
    private final double[] dt;

    /**
     * @param a poles, in the order of the state
     * @param b input factors
     * @param dt nominal step of each mode
     */
    public DiagonalSystem(DiagonalRule rule, Complex[] a, Complex[] b, double[] dt) {
        this.rule = rule;
        this.a = a;
        this.b = b;
        this.dt = dt;
    }

    @Override
    public int size() {
        return 4 * a.length;
    }

    @Override
    public void fill(double ratio, double[] table) {
        int modes = a.length;
        for (int i = 0; i < modes; i++) {
            Complex decay = rule.decay(a[i], ratio * dt[i]);
            Complex gain = rule.gain(a[i], ratio * dt[i]).times(b[i]);
            table[i] = decay.re();
            table[modes + i] = decay.im();
            table[2 * modes + i] = gain.re();
            table[3 * modes + i] = gain.im();
        }
    }
}
