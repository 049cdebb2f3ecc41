package io.oxbow.arch.hippo;

import io.oxbow.plan.Discretisation;

/**
 * The memory of a sliding window, for steps of any length. Table: A (order, order), then B (order).
 *
 * @param a (order, order), of continuous time
 * @param b (order), of continuous time
 * @param dt nominal step as a share of the window
 */
record WindowSystem(Discretised.Rule rule, double[] a, double[] b, double dt)
        implements Discretisation {

    @Override
    public int size() {
        return a.length + b.length;
    }

    @Override
    public void fill(double ratio, double[] table) {
        Discretised step = rule.of(a, b, ratio * dt);
        System.arraycopy(step.a(), 0, table, 0, a.length);
        System.arraycopy(step.b(), 0, table, a.length, b.length);
    }
}
