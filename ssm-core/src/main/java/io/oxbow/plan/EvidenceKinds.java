package io.oxbow.plan;

import java.util.List;

/**
 * Which kinds of evidence a token's p-value rests on, and in which channel each is strongest.
 *
 * <p>Kinds whose evidence was calibrated together share the digits: the strongest has them all, the
 * others in proportion to their strength.
 *
 * <pre>
 * strength_k = weight_k max_c term_k,c
 * out[k]     = digits_k strength_k / max { strength_j : digits_j is digits_k }
 * out[K + k] = the first channel where term_k is greatest
 * </pre>
 *
 * @param parts one a kind
 * @param out (2, kinds): decimal digits, then channels
 */
public record EvidenceKinds(List<Part> parts, Register out) implements StepOp {

    /**
     * One kind.
     *
     * @param digits (1), of the p-value that the kind has part in
     * @param term (channels), not negative
     * @param weight positive
     */
    public record Part(Register digits, Register term, float weight) {
        public Part {
            Shapes.within("weight", weight, 0, 1e6);
            if (digits.width() != 1) {
                throw new IllegalArgumentException(digits + " is not a single number");
            }
        }
    }

    public EvidenceKinds {
        parts = List.copyOf(parts);
        Shapes.same(parts.stream().map(Part::term).toArray(Register[]::new));
        if (out.width() != 2 * parts.size()) {
            throw new IllegalArgumentException(
                    out + " does not hold digits and channels of " + parts.size() + " kinds");
        }
    }

    /** For each part, the first that shares its digits. */
    public int[] groups() {
        int[] groups = new int[parts.size()];
        for (int k = 0; k < groups.length; k++) {
            while (!parts.get(groups[k]).digits().equals(parts.get(k).digits())) {
                groups[k]++;
            }
        }
        return groups;
    }
}
