package io.oxbow.plan;

import io.oxbow.model.StateLayout.Segment;

/**
 * The recurrence of Mamba-3 with one input and output per head: the trapezoidal rule in time, and B
 * and C turned by angles that add up over the stream.
 *
 * <pre>
 * angle &lt;- angle + pi dt rotation
 * k = turn(B + biasB, angle),  q = turn(C + biasC, angle)     pairs (2j, 2j+1) by angle j
 * h &lt;- e h + e dt (1 - mix) k_before x_before + dt mix k x     e = exp(-dt decay)
 * y  = sum_modes q h + D x
 * </pre>
 *
 * Angles are kept within a turn, else they would lose their fraction on an endless stream, and as
 * the sum of two floats.
 *
 * @param x (channels)
 * @param dt (heads), positive
 * @param decay (heads), positive: -A
 * @param mix (heads), in [0, 1]
 * @param b (groups * modes)
 * @param c (groups * modes)
 * @param rotation (angles), in [-1, 1], shared by the heads
 * @param out (channels): y
 * @param state what is kept
 * @param biasB (heads, modes)
 * @param biasC (heads, modes)
 * @param d (channels)
 * @param groups number of groups of heads that share B and C
 */
public record TrapezoidScan(
        Register x,
        Register dt,
        Register decay,
        Register mix,
        Register b,
        Register c,
        Register rotation,
        Register out,
        State state,
        float[] biasB,
        float[] biasC,
        float[] d,
        int groups)
        implements StepOp {

    /**
     * The segments of the state.
     *
     * @param h (heads, modes, channels of a head)
     * @param k (heads * modes): k of the token before
     * @param x (channels): x of the token before
     * @param angle (heads * angles), radians
     * @param angleLow (heads * angles): what the first float could not hold
     */
    public record State(Segment h, Segment k, Segment x, Segment angle, Segment angleLow) {}

    public TrapezoidScan {
        int channels = x.width();
        int heads = dt.width();
        int modes = b.width() / groups;
        if (channels % heads != 0
                || heads % groups != 0
                || b.width() % groups != 0
                || c.width() != b.width()
                || decay.width() != heads
                || mix.width() != heads
                || 2 * rotation.width() > modes
                || out.width() != channels
                || state.h.length() != modes * channels
                || state.k.length() != modes * heads
                || state.x.length() != channels
                || state.angle.length() != heads * rotation.width()
                || state.angleLow.length() != state.angle.length()
                || biasB.length != heads * modes
                || biasC.length != heads * modes
                || d.length != channels) {
            throw new IllegalArgumentException(
                    "trapezoid scan does not fit " + x + ", " + b + ", " + rotation);
        }
    }

    public int channels() {
        return x.width();
    }

    public int heads() {
        return dt.width();
    }

    public int modes() {
        return b.width() / groups;
    }

    public int angles() {
        return rotation.width();
    }

    @Override
    public long flops() {
        return 7L * state.h().length() + 16L * state.angle().length();
    }
}
