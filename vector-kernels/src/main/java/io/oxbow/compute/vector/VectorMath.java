package io.oxbow.compute.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Functions of neural networks on vectors of floats, from multiplications and additions alone, so
 * that a lane's bits depend on its value only. Not-a-number stays not-a-number, and what would be
 * smaller than a normal float becomes zero.
 *
 * <p>Most rest on the exponential of a number that is not positive: x = k ln 2 + r with k whole and
 * |r| at most ln 2 / 2, e^r a polynomial, k added to the exponent. Largest errors, in units of the
 * last place: exponentials 1, powers of two 2.2, softplus 2, tanh 2, sigmoid 2.5, silu 3.1, gelu
 * 10; a test searches for them.
 */
final class VectorMath {
    private static final VectorSpecies<Float> SPECIES = PackedMatrix.SPECIES;

    /**
     * Adding it rounds a float to a whole number, which is then in the lowest bits, plus the bias
     * of an exponent.
     */
    private static final float TO_WHOLE = 0x1.8p23f + 127;

    /** Bits of a whole number whose exponent is zero: its power of two is zero. */
    private static final int ZERO_EXPONENT = Float.floatToRawIntBits(0x1.8p23f);

    private static final int EXPONENT_SHIFT = 23;
    private static final float SMALLEST_EXPONENT = -126;
    private static final float LOWEST_EXP = SMALLEST_EXPONENT * (float) Math.log(2);
    private static final float LOG2_E = (float) (1 / Math.log(2));

    private static final float SQRT_HALF = (float) Math.sqrt(0.5);

    /** ln 2 as the sum of two floats, the first with few enough digits for exact products. */
    private static final float LN2_HIGH = 0x1.62ep-1f;

    private static final float LN2_LOW = (float) (Math.log(2) - LN2_HIGH);

    /** 2^r = 1 + r ln 2 + P2 r^2 + ... + P5 r^5: minimax on |r| <= 1/2 among those. */
    private static final float P1 = (float) Math.log(2);

    private static final float P2 = 0.2402228197820552f;
    private static final float P3 = 0.05550558342218166f;
    private static final float P4 = 0.009669691415838576f;
    private static final float P5 = 0.0013300605737429489f;

    private static final FloatVector VECTOR_P1 = all(P1);
    private static final FloatVector VECTOR_P2 = all(P2);
    private static final FloatVector VECTOR_P3 = all(P3);
    private static final FloatVector VECTOR_P4 = all(P4);
    private static final FloatVector VECTOR_P5 = all(P5);

    /** e^r = 1 + r + E2 r^2 + ... + E6 r^6: minimax on |r| <= ln 2 / 2. */
    private static final FloatVector E2 = all(0.49999993451691344f);

    private static final FloatVector E3 = all(0.1666652068975042f);
    private static final FloatVector E4 = all(0.04166838736470781f);
    private static final FloatVector E5 = all(0.008368709831815332f);
    private static final FloatVector E6 = all(0.0013814613092582879f);

    /** (2 atanh(s) - 2 s) / s^3 = L0 + L1 s^2 + ...: minimax on 0 <= s <= 1/3. */
    private static final FloatVector L0 = all(0.6666667562191538f);

    private static final FloatVector L1 = all(0.39998877746731637f);
    private static final FloatVector L2 = all(0.286168847307974f);
    private static final FloatVector L3 = all(0.2142765833043111f);
    private static final FloatVector L4 = all(0.24300933497966032f);

    /** log(erfc(z) e^(z^2) / t) in u = 2 t - 1, t = 2 / (2 + z): as the scalar reference has it. */
    private static final FloatVector G0 = all(-0.6717940840566934f);

    private static final FloatVector G1 = all(0.6726431522588392f);
    private static final FloatVector G2 = all(0.047343341093529376f);
    private static final FloatVector G3 = all(-0.04689359030493603f);
    private static final FloatVector G4 = all(-0.009873662468949922f);
    private static final FloatVector G5 = all(0.008808544324449186f);
    private static final FloatVector G6 = all(0.0017670032542344946f);
    private static final FloatVector G7 = all(-0.0022881236592914213f);
    private static final FloatVector G8 = all(-0.0001758054747933959f);
    private static final FloatVector G9 = all(0.0005731255016052307f);
    private static final FloatVector G10 = all(-3.825410355445387e-05f);
    private static final FloatVector G11 = all(-8.705098932401038e-05f);
    private static final FloatVector G12 = all(1.5401816846441274e-05f);

    /** (tanh(x) / x - 1) / x^2 = T0 + T1 x^2 + ...: minimax on |x| <= 5/8. */
    private static final FloatVector T0 = all(-0.33333281656266833f);

    private static final FloatVector T1 = all(0.1333143466038017f);
    private static final FloatVector T2 = all(-0.053739108983644035f);
    private static final FloatVector T3 = all(0.020637187799010408f);
    private static final FloatVector T4 = all(-0.005702949236443602f);
    private static final float TANH_NEAR = 0.625f;

    private static final FloatVector ZERO = all(0);
    private static final FloatVector ONE = all(1);
    private static final FloatVector VECTOR_TO_WHOLE = all(TO_WHOLE);
    private static final FloatVector VECTOR_LOG2_E = all(LOG2_E);
    private static final FloatVector MINUS_LN2_HIGH = all(-LN2_HIGH);
    private static final FloatVector MINUS_LN2_LOW = all(-LN2_LOW);
    private static final IntVector ALL_GONE =
            IntVector.broadcast(IntVector.SPECIES_PREFERRED, ZERO_EXPONENT);

    private VectorMath() {}

    /**
     * 2^(x y) for -2^50 < x y <= 0, exact at 0, so that slow decays keep their time constant. The
     * product is not rounded before the fraction is taken of it. Same bits as {@link
     * #powerOfTwo(float, float)}.
     */
    static FloatVector powerOfTwo(FloatVector x, FloatVector y) {
        FloatVector whole = x.fma(y, VECTOR_TO_WHOLE);
        FloatVector r = x.fma(y, VECTOR_TO_WHOLE.sub(whole));
        FloatVector p = VECTOR_P5.fma(r, VECTOR_P4).fma(r, VECTOR_P3).fma(r, VECTOR_P2);
        p = p.fma(r, VECTOR_P1).fma(r, ONE);
        IntVector exponent = whole.reinterpretAsInts().max(ALL_GONE);
        return p.mul(exponent.lanewise(VectorOperators.LSHL, EXPONENT_SHIFT).reinterpretAsFloats());
    }

    /** 2^(x y) for -2^50 < x y <= 0. */
    static float powerOfTwo(float x, float y) {
        float whole = Math.fma(x, y, TO_WHOLE);
        float r = Math.fma(x, y, TO_WHOLE - whole);
        float p = Math.fma(P5, r, P4);
        p = Math.fma(p, r, P3);
        p = Math.fma(p, r, P2);
        p = Math.fma(p, r, P1);
        p = Math.fma(p, r, 1f);
        int exponent = Math.max(Float.floatToRawIntBits(whole), ZERO_EXPONENT);
        return p * Float.intBitsToFloat(exponent << EXPONENT_SHIFT);
    }

    /** e^x for x <= 0. */
    static FloatVector exp(FloatVector x) {
        VectorMask<Float> vanishes = x.compare(VectorOperators.LT, LOWEST_EXP);
        FloatVector whole = x.fma(VECTOR_LOG2_E, VECTOR_TO_WHOLE);
        FloatVector k = whole.sub(VECTOR_TO_WHOLE);
        FloatVector r = k.fma(MINUS_LN2_LOW, k.fma(MINUS_LN2_HIGH, x));
        FloatVector q = E6.fma(r, E5).fma(r, E4).fma(r, E3).fma(r, E2);
        FloatVector p = q.fma(r.mul(r), r).add(1f);
        return p.mul(scale(whole)).blend(ZERO, vanishes);
    }

    /** log(1 + z) for 0 <= z <= 1: z - s (z - r) with s = z / (2 + z). */
    static FloatVector log1p(FloatVector z) {
        FloatVector s = z.div(z.add(2f));
        FloatVector t = s.mul(s);
        FloatVector l = L4.fma(t, L3).fma(t, L2).fma(t, L1).fma(t, L0);
        FloatVector r = t.mul(l);
        return r.sub(z).fma(s, z);
    }

    /** log(1 + e^x). */
    static FloatVector softplus(FloatVector x) {
        FloatVector positive = ZERO.blend(x, x.compare(VectorOperators.GT, 0f));
        return log1p(exp(x.abs().neg())).add(positive);
    }

    /** 1 / (1 + e^-x). */
    static FloatVector sigmoid(FloatVector x) {
        FloatVector e = exp(x.abs().neg());
        return above(x, e).div(e.add(1f));
    }

    /** x / (1 + e^-x). */
    static FloatVector silu(FloatVector x) {
        FloatVector e = exp(x.abs().neg());
        return x.mul(above(x, e)).div(e.add(1f));
    }

    /**
     * x Phi(x), Phi being the normal distribution: the upper tail of |x| is erfc(z) / 2 with z =
     * |x| / sqrt(2), and erfc(z) = t e^(f(t) - z^2) with t = 2 / (2 + z). The square's rounding
     * error is put back, else it would be felt in the far tail.
     */
    static FloatVector gelu(FloatVector x) {
        FloatVector size = x.abs();
        FloatVector square = size.mul(size);
        FloatVector lost = size.fma(size, square.neg());
        FloatVector t = all(2).div(size.fma(all(SQRT_HALF), all(2)));
        FloatVector u = t.fma(all(2), all(-1));
        FloatVector f = G12.fma(u, G11).fma(u, G10).fma(u, G9);
        f = f.fma(u, G8).fma(u, G7).fma(u, G6).fma(u, G5).fma(u, G4);
        f = f.fma(u, G3).fma(u, G2).fma(u, G1).fma(u, G0);
        FloatVector e = exp(square.mul(-0.5f)).mul(t).mul(0.5f);
        FloatVector upper = e.mul(exp(f.sub(lost.mul(0.5f))));
        FloatVector below = ONE.sub(upper).blend(upper, x.compare(VectorOperators.LT, 0f));
        return x.mul(below);
    }

    /** By its series near zero; beyond, from {@code 1 - 2 e / (1 + e)} with e = e^-2|x|. */
    static FloatVector tanh(FloatVector x) {
        FloatVector size = x.abs();
        FloatVector z = x.mul(x);
        FloatVector series = T4.fma(z, T3).fma(z, T2).fma(z, T1).fma(z, T0);
        FloatVector near = series.mul(z).fma(x, x);
        FloatVector e = exp(size.mul(-2f));
        FloatVector far = ONE.sub(e.add(e).div(e.add(1f)));
        far = far.blend(far.neg(), x.compare(VectorOperators.LT, 0f));
        return far.blend(near, size.compare(VectorOperators.LT, TANH_NEAR));
    }

    /** 1 + x, and 1 / (1 - x) where x is negative. */
    static FloatVector heavyTail(FloatVector x) {
        FloatVector size = x.abs().add(1f);
        return size.blend(ONE.div(size), x.compare(VectorOperators.LT, 0f));
    }

    /** e where x is negative, else 1. */
    private static FloatVector above(FloatVector x, FloatVector e) {
        return ONE.blend(e, x.compare(VectorOperators.LT, 0f));
    }

    /** 2^k, k being in the lowest bits of a float to which {@link #TO_WHOLE} was added. */
    private static FloatVector scale(FloatVector whole) {
        return whole.reinterpretAsInts()
                .lanewise(VectorOperators.LSHL, EXPONENT_SHIFT)
                .reinterpretAsFloats();
    }

    private static FloatVector all(float value) {
        return FloatVector.broadcast(SPECIES, value);
    }
}
