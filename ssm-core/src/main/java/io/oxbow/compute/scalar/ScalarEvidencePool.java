package io.oxbow.compute.scalar;

import io.oxbow.compute.KernelFrame;
import io.oxbow.compute.OpKernel;
import io.oxbow.plan.EvidencePool;

/** {@link EvidencePool}, channels summed in order, in double. */
final class ScalarEvidencePool implements OpKernel {
    /** Keeps the sum of any number of channels within a double. */
    private static final double MOST_DIGITS = 250;

    private final EvidencePool op;
    private final float[][] terms;
    private final double[] evidence;

    ScalarEvidencePool(EvidencePool op) {
        this.op = op;
        this.terms = new float[op.terms().size()][];
        this.evidence = new double[op.terms().get(0).width()];
    }

    @Override
    public void run(KernelFrame frame) {
        for (int k = 0; k < terms.length; k++) {
            terms[k] = frame.values(op.terms().get(k));
        }
        int tokens = frame.batch().tokenCount();
        float[] out = frame.values(op.out());
        for (int t = 0; t < tokens; t++) {
            weigh(t * evidence.length);
            out[t] = (float) (evidence.length == 1 ? evidence[0] : pool());
        }
    }

    private void weigh(int at) {
        float[] weights = op.weights();
        for (int c = 0; c < evidence.length; c++) {
            double sum = 0;
            for (int k = 0; k < terms.length; k++) {
                sum += (double) weights[k] * terms[k][at + c];
            }
            evidence[c] = Math.min(MOST_DIGITS, sum);
        }
    }

    private double pool() {
        double sum = 0;
        for (double digits : evidence) {
            sum += digits == 0 ? 1 : Logarithms.exp(digits * Logarithms.LN_10);
        }
        return Logarithms.ln(sum / evidence.length) / Logarithms.LN_10;
    }
}
