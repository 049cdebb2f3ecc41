package io.oxbow.arch.lru;

import io.oxbow.arch.Complex;
import io.oxbow.plan.Discretisation;

/**
 * The modes of an LRU, for steps of any length. The LRU is born discrete: a longer step is that
 * many steps with the input held, {@code lambda^r x + (lambda^r - 1) / (lambda - 1) gamma v}, which
 * also has a meaning for fractions. Table: decay real, decay imaginary, gain real, gain imaginary.
 */
record UnitSystem(Complex[] logPoles, double[] gamma) implements Discretisation {

    @Override
    public int size() {
        return 4 * gamma.length;
    }

    @Override
    public void fill(double ratio, double[] table) {
        int modes = gamma.length;
        for (int p = 0; p < modes; p++) {
            Complex one = logPoles[p];
            Complex many = one.times(ratio);
            Complex decay = many.exp();
            Complex gain =
                    many.expm1OverSelf().times(ratio).over(one.expm1OverSelf()).times(gamma[p]);
            table[p] = decay.re();
            table[modes + p] = decay.im();
            table[2 * modes + p] = gain.re();
            table[3 * modes + p] = gain.im();
        }
    }
}
