package io.oxbow.compute.vector;

import io.oxbow.compute.KernelFrame;
import io.oxbow.compute.OpKernel;
import io.oxbow.plan.LayerNorm;
import io.oxbow.plan.Register;
import io.oxbow.plan.RmsNorm;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link RmsNorm} and {@link LayerNorm}. A sum is {@link #CHAINS} sums of floats, an element's
 * chain being its index modulo their number, whatever the vectors' width; these are added in
 * double, in order.
 */
final class VectorNorm implements OpKernel {
    private static final VectorSpecies<Float> SPECIES = PackedMatrix.SPECIES;
    private static final int LANES = SPECIES.length();
    private static final int CHAINS = Math.max(32, LANES);

    private final Register in;
    private final Register out;
    private final int width;
    private final float[] weight;
    private final float[] bias;
    private final boolean centred;
    private final float epsilon;
    private final float[] chains = new float[CHAINS];

    VectorNorm(RmsNorm op) {
        this.in = op.in();
        this.out = op.out();
        this.width = op.in().width() / op.groups();
        this.weight = op.weight();
        this.bias = null;
        this.centred = false;
        this.epsilon = op.epsilon();
    }

    VectorNorm(LayerNorm op) {
        this.in = op.in();
        this.out = op.out();
        this.width = op.in().width();
        this.weight = op.weight();
        this.bias = op.bias();
        this.centred = true;
        this.epsilon = op.epsilon();
    }

    @Override
    public void run(KernelFrame frame) {
        float[] x = frame.values(in);
        float[] y = frame.values(out);
        int token = in.width();
        int end = frame.batch().tokenCount() * token;
        for (int at = 0; at < end; at += width) {
            double mean = centred ? sum(x, at) / width : 0;
            float high = (float) mean;
            float low = (float) (mean - high);
            double scale = 1 / Math.sqrt(squares(x, at, high, low) / width + epsilon);
            write(x, y, at, at % token, high, low, (float) scale);
        }
    }

    private double sum(float[] x, int at) {
        int whole = width / CHAINS * CHAINS;
        Arrays.fill(chains, 0);
        for (int lane = 0; lane < CHAINS; lane += LANES) {
            FloatVector sum = FloatVector.zero(SPECIES);
            for (int i = lane; i < whole; i += CHAINS) {
                sum = sum.add(FloatVector.fromArray(SPECIES, x, at + i));
            }
            sum.intoArray(chains, lane);
        }
        double total = total();
        for (int i = whole; i < width; i++) {
            total += x[at + i];
        }
        return total;
    }

    /** Of the elements less {@code high + low}. */
    private double squares(float[] x, int at, float high, float low) {
        int whole = width / CHAINS * CHAINS;
        for (int lane = 0; lane < CHAINS; lane += LANES) {
            FloatVector sum = FloatVector.zero(SPECIES);
            for (int i = lane; i < whole; i += CHAINS) {
                FloatVector d = FloatVector.fromArray(SPECIES, x, at + i).sub(high).sub(low);
                sum = d.fma(d, sum);
            }
            sum.intoArray(chains, lane);
        }
        double total = total();
        for (int i = whole; i < width; i++) {
            float d = x[at + i] - high - low;
            total += (double) d * d;
        }
        return total;
    }

    private double total() {
        double total = 0;
        for (float chain : chains) {
            total += chain;
        }
        return total;
    }

    private void write(float[] x, float[] y, int at, int from, float high, float low, float scale) {
        int whole = width / LANES * LANES;
        for (int i = 0; i < whole; i += LANES) {
            FloatVector d = FloatVector.fromArray(SPECIES, x, at + i).sub(high).sub(low);
            FloatVector value = d.mul(scale).mul(FloatVector.fromArray(SPECIES, weight, from + i));
            if (bias != null) {
                value = value.add(FloatVector.fromArray(SPECIES, bias, i));
            }
            value.intoArray(y, at + i);
        }
        for (int i = whole; i < width; i++) {
            float value = (x[at + i] - high - low) * scale * weight[from + i];
            y[at + i] = bias == null ? value : value + bias[i];
        }
    }
}
