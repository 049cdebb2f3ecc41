package io.oxbow.compute.vector;

import io.oxbow.compute.KernelFrame;
import io.oxbow.plan.SsdScan;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Four tokens of one stream, as a backfill has them, through an {@link SsdScan}: two vectors of a
 * head's channels at a time, the state read and written once for the four. For each token the same
 * is calculated, in the same order, as by itself, so the bits do not tell.
 */
final class VectorSsdFour {
    static final int TOKENS = 4;

    private static final VectorSpecies<Float> SPECIES = PackedMatrix.SPECIES;
    private static final int LANES = SPECIES.length();

    private final SsdScan op;
    private final VectorSsdScan scan;
    private final int headDim;
    private final int modes;
    private final float[] d;

    /** (tokens, modes): dt B. */
    private final float[] drive;

    /**
     * @param scan takes the channels that do not fill two vectors
     */
    VectorSsdFour(SsdScan op, VectorSsdScan scan) {
        this.op = op;
        this.scan = scan;
        this.headDim = op.channels() / op.heads();
        this.modes = op.modes();
        this.d = op.d();
        this.drive = new float[TOKENS * modes];
    }

    /** Tokens {@code t..t + 4)} of the stream whose state begins at {@code row}. */
    void run(KernelFrame frame, int row, int t) {
        float[] state = frame.states().floats();
        float[] dt = frame.values(op.dt());
        float[] x = frame.values(op.x());
        float[] b = frame.values(op.b());
        float[] c = frame.values(op.c());
        float[] y = frame.values(op.out());
        int heads = op.heads();
        int headsOfGroup = heads / op.groups();
        int channels = heads * headDim;
        for (int head = 0; head < heads; head++) {
            int first = head * headDim;
            int h = row + first * modes;
            int projected = (t * op.groups() + head / headsOfGroup) * modes;
            int apart = op.groups() * modes;
            for (int k = 0; k < TOKENS; k++) {
                float step = dt[(t + k) * heads + head];
                for (int n = 0; n < modes; n++) {
                    drive[k * modes + n] = step * b[projected + k * apart + n];
                }
            }
            float a = op.a()[head];
            float keep0 = (float) Math.exp(dt[t * heads + head] * a);
            float keep1 = (float) Math.exp(dt[(t + 1) * heads + head] * a);
            float keep2 = (float) Math.exp(dt[(t + 2) * heads + head] * a);
            float keep3 = (float) Math.exp(dt[(t + 3) * heads + head] * a);
            int at = t * channels + first;
            int p = 0;
            for (; p + 2 * LANES <= headDim; p += 2 * LANES) {
                stepTwoByFour(
                        state, h + p, keep0, keep1, keep2, keep3, x, c, projected, apart, y, at + p,
                        channels, first + p);
            }
            if (p < headDim) {
                for (int k = 0; k < TOKENS; k++) {
                    int from = projected + k * apart;
                    float step = dt[(t + k) * heads + head];
                    float keep = k == 0 ? keep0 : k == 1 ? keep1 : k == 2 ? keep2 : keep3;
                    scan.rest(state, h, p, step, keep, x, b, c, from, y, at + k * channels, first);
                }
            }
        }
    }

    private void stepTwoByFour(
            float[] state,
            int h,
            float keep0,
            float keep1,
            float keep2,
            float keep3,
            float[] x,
            float[] c,
            int projected,
            int apart,
            float[] y,
            int at,
            int channels,
            int channel) {
        FloatVector d0 = FloatVector.fromArray(SPECIES, d, channel);
        FloatVector d1 = FloatVector.fromArray(SPECIES, d, channel + LANES);
        int at1 = at + channels;
        int at2 = at1 + channels;
        int at3 = at2 + channels;
        FloatVector x00 = FloatVector.fromArray(SPECIES, x, at);
        FloatVector x01 = FloatVector.fromArray(SPECIES, x, at + LANES);
        FloatVector x10 = FloatVector.fromArray(SPECIES, x, at1);
        FloatVector x11 = FloatVector.fromArray(SPECIES, x, at1 + LANES);
        FloatVector x20 = FloatVector.fromArray(SPECIES, x, at2);
        FloatVector x21 = FloatVector.fromArray(SPECIES, x, at2 + LANES);
        FloatVector x30 = FloatVector.fromArray(SPECIES, x, at3);
        FloatVector x31 = FloatVector.fromArray(SPECIES, x, at3 + LANES);
        FloatVector y00 = d0.mul(x00);
        FloatVector y01 = d1.mul(x01);
        FloatVector y10 = d0.mul(x10);
        FloatVector y11 = d1.mul(x11);
        FloatVector y20 = d0.mul(x20);
        FloatVector y21 = d1.mul(x21);
        FloatVector y30 = d0.mul(x30);
        FloatVector y31 = d1.mul(x31);
        FloatVector k0 = FloatVector.broadcast(SPECIES, keep0);
        FloatVector k1 = FloatVector.broadcast(SPECIES, keep1);
        FloatVector k2 = FloatVector.broadcast(SPECIES, keep2);
        FloatVector k3 = FloatVector.broadcast(SPECIES, keep3);
        int j = h;
        for (int n = 0; n < modes; n++) {
            FloatVector h0 = FloatVector.fromArray(SPECIES, state, j);
            FloatVector h1 = FloatVector.fromArray(SPECIES, state, j + LANES);
            FloatVector bn = FloatVector.broadcast(SPECIES, drive[n]);
            FloatVector cn = FloatVector.broadcast(SPECIES, c[projected + n]);
            h0 = h0.fma(k0, x00.mul(bn));
            h1 = h1.fma(k0, x01.mul(bn));
            y00 = h0.fma(cn, y00);
            y01 = h1.fma(cn, y01);
            bn = FloatVector.broadcast(SPECIES, drive[modes + n]);
            cn = FloatVector.broadcast(SPECIES, c[projected + apart + n]);
            h0 = h0.fma(k1, x10.mul(bn));
            h1 = h1.fma(k1, x11.mul(bn));
            y10 = h0.fma(cn, y10);
            y11 = h1.fma(cn, y11);
            bn = FloatVector.broadcast(SPECIES, drive[2 * modes + n]);
            cn = FloatVector.broadcast(SPECIES, c[projected + 2 * apart + n]);
            h0 = h0.fma(k2, x20.mul(bn));
            h1 = h1.fma(k2, x21.mul(bn));
            y20 = h0.fma(cn, y20);
            y21 = h1.fma(cn, y21);
            bn = FloatVector.broadcast(SPECIES, drive[3 * modes + n]);
            cn = FloatVector.broadcast(SPECIES, c[projected + 3 * apart + n]);
            h0 = h0.fma(k3, x30.mul(bn));
            h1 = h1.fma(k3, x31.mul(bn));
            y30 = h0.fma(cn, y30);
            y31 = h1.fma(cn, y31);
            h0.intoArray(state, j);
            h1.intoArray(state, j + LANES);
            j += headDim;
        }
        y00.intoArray(y, at);
        y01.intoArray(y, at + LANES);
        y10.intoArray(y, at1);
        y11.intoArray(y, at1 + LANES);
        y20.intoArray(y, at2);
        y21.intoArray(y, at2 + LANES);
        y30.intoArray(y, at3);
        y31.intoArray(y, at3 + LANES);
    }
}
