package io.oxbow.plan;

import java.util.List;

/**
 * One number from all the evidence of all channels: {@code log10 mean_c 10^(sum_k weight_k
 * term_k,c)}.
 *
 * <p>With evidence in decimal digits of probability this is the harmonic mean p-value (Wilson 2019,
 * PNAS 116), which stays valid when channels move together: a few very surprised channels carry it,
 * many slightly noisy ones do not.
 *
 * @param terms each (channels), not negative
 * @param weights one a term
 * @param out (1)
 */
public record EvidencePool(List<Register> terms, float[] weights, Register out) implements StepOp {
    public EvidencePool {
        terms = List.copyOf(terms);
        Shapes.same(terms.toArray(Register[]::new));
        if (terms.isEmpty() || weights.length != terms.size() || out.width() != 1) {
            throw new IllegalArgumentException(
                    weights.length + " weights pool " + terms + " into " + out);
        }
    }
}
