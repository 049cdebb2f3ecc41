package io.oxbow.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The named fields of one token's output row, side by side. Immutable.
 *
 * <p>Names with a meaning to the operator are constants here; an architecture may add its own.
 */
public final class OutputLayout {
    /** Hidden representation, (hiddenDim). */
    public static final String EMBEDDING = "embedding";

    /** Anomaly score in [0, 1], (1). */
    public static final String SCORE = "score";

    /** Probability, on an unchanged stream, of a score at least this high, (1). */
    public static final String P_VALUE = "pValue";

    /**
     * What was expected of this token before it was seen, in the units of the input, (inputDim).
     */
    public static final String FORECAST = "forecast";

    /** Signed surprise per input channel, in standard deviations of its own error, (inputDim). */
    public static final String ATTRIBUTION = "attribution";

    /**
     * What the p-value rests on, (2, {@link EvidenceKind}s in their order): decimal digits, then
     * the channel each is strongest in.
     */
    public static final String EVIDENCE = "evidence";

    /** Logits or regression outputs of a head, (outputDim). */
    public static final String HEAD = "head";

    /**
     * One field.
     *
     * @param register the plan register that is copied to it
     * @param offset first element in the output row
     */
    public record Field(String name, Register register, int offset) {
        public int width() {
            return register.width();
        }
    }

    private final List<Field> fields;
    private final int width;

    private OutputLayout(List<Field> fields, int width) {
        this.fields = List.copyOf(fields);
        this.width = width;
    }

    public List<Field> fields() {
        return fields;
    }

    public Optional<Field> field(String name) {
        return fields.stream().filter(f -> f.name().equals(name)).findFirst();
    }

    /** Floats in a row. */
    public int width() {
        return width;
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Collects fields in order. Not thread-safe. */
    public static final class Builder {
        private final List<Field> fields = new ArrayList<>();
        private int width;

        private Builder() {}

        public Builder add(String name, Register register) {
            if (fields.stream().anyMatch(f -> f.name().equals(name))) {
                throw new IllegalArgumentException("output '" + name + "' is declared twice");
            }
            fields.add(new Field(name, register, width));
            width += register.width();
            return this;
        }

        public OutputLayout build() {
            return new OutputLayout(fields, width);
        }
    }
}
