package io.oxbow.arch;

/** A complex number in double, for what happens at load and when a gap is new. */
public record Complex(double re, double im) {
    public static final Complex ONE = new Complex(1, 0);

    /** Below this magnitude {@code (e^z - 1) / z} is summed as a series. */
    private static final double SMALL = 0.5;

    private static final int SERIES_TERMS = 16;

    /** From (n, 2) real and imaginary parts side by side, each times {@code factor}. */
    public static Complex[] pairs(double[] values, double factor) {
        Complex[] numbers = new Complex[values.length / 2];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = new Complex(factor * values[2 * i], factor * values[2 * i + 1]);
        }
        return numbers;
    }

    /** From real and imaginary parts apart. */
    public static Complex[] parts(double[] real, double[] imaginary) {
        Complex[] numbers = new Complex[real.length];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = new Complex(real[i], imaginary[i]);
        }
        return numbers;
    }

    public Complex plus(Complex other) {
        return new Complex(re + other.re, im + other.im);
    }

    public Complex minus(Complex other) {
        return new Complex(re - other.re, im - other.im);
    }

    public Complex times(Complex other) {
        return new Complex(re * other.re - im * other.im, re * other.im + im * other.re);
    }

    public Complex times(double factor) {
        return new Complex(re * factor, im * factor);
    }

    public Complex over(Complex other) {
        double squared = other.re * other.re + other.im * other.im;
        return new Complex(
                (re * other.re + im * other.im) / squared,
                (im * other.re - re * other.im) / squared);
    }

    public Complex conjugate() {
        return new Complex(re, -im);
    }

    public Complex exp() {
        double magnitude = Math.exp(re);
        return new Complex(magnitude * Math.cos(im), magnitude * Math.sin(im));
    }

    /** {@code (e^z - 1) / z}, without the cancellation of the quotient near zero. */
    public Complex expm1OverSelf() {
        if (Math.hypot(re, im) > SMALL) {
            return exp().minus(ONE).over(this);
        }
        Complex sum = ONE;
        for (int term = SERIES_TERMS; term > 1; term--) {
            sum = ONE.plus(sum.times(this).times(1.0 / term));
        }
        return sum;
    }
}
