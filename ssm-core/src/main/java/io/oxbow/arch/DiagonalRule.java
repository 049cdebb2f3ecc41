package io.oxbow.arch;

/**
 * How one complex mode {@code dx/dt = a x + u} takes a step of length dt.
 *
 * <p>{@link #decay} is the factor of x; {@link #gain} that of u.
 */
public enum DiagonalRule {
    /** Exact for an input that is constant over the step. */
    ZOH {
        @Override
        public Complex decay(Complex a, double dt) {
            return a.times(dt).exp();
        }

        @Override
        public Complex gain(Complex a, double dt) {
            return a.times(dt).expm1OverSelf().times(dt);
        }
    },
    /** Trapezoidal. */
    BILINEAR {
        @Override
        public Complex decay(Complex a, double dt) {
            Complex half = a.times(dt / 2);
            return Complex.ONE.plus(half).over(Complex.ONE.minus(half));
        }

        @Override
        public Complex gain(Complex a, double dt) {
            return Complex.ONE.over(Complex.ONE.minus(a.times(dt / 2))).times(dt);
        }
    };

    /** The rule that a config field names, zero-order hold where it is absent. */
    public static DiagonalRule of(ModelConfig config, String field) {
        return config.choice(field, "zoh", "bilinear").equals("zoh") ? ZOH : BILINEAR;
    }

    public abstract Complex decay(Complex a, double dt);

    public abstract Complex gain(Complex a, double dt);
}
