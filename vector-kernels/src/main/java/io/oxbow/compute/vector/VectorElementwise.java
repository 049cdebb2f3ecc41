package io.oxbow.compute.vector;

import io.oxbow.compute.KernelFrame;
import io.oxbow.compute.OpKernel;
import io.oxbow.plan.Activation;
import io.oxbow.plan.ActivationFunction;
import io.oxbow.plan.Gate;
import io.oxbow.plan.Register;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link Activation} and {@link Gate}, a lane an element. The elements that do not fill a vector go
 * through a padded one: which they are depends on the batch, so their bits must not depend on it.
 */
final class VectorElementwise implements OpKernel {
    private static final VectorSpecies<Float> SPECIES = PackedMatrix.SPECIES;
    private static final int LANES = SPECIES.length();

    private final Register factor;
    private final Register argument;
    private final Register out;
    private final ActivationFunction function;
    private final float[] edgeFactor = new float[LANES];
    private final float[] edgeArgument = new float[LANES];

    /** The elements of {@code factor}, or one where it is null, times the function's values. */
    private VectorElementwise(
            Register factor, Register argument, Register out, ActivationFunction function) {
        this.factor = factor;
        this.argument = argument;
        this.out = out;
        this.function = function;
    }

    VectorElementwise(Activation op) {
        this(null, op.in(), op.out(), op.function());
    }

    VectorElementwise(Gate op) {
        this(op.in(), op.gate(), op.out(), op.function());
    }

    @Override
    public void run(KernelFrame frame) {
        int count = frame.batch().tokenCount() * out.width();
        int whole = count / LANES * LANES;
        float[] x = frame.values(argument);
        float[] y = frame.values(out);
        float[] times = factor == null ? null : frame.values(factor);
        apply(times, x, y, whole);
        int rest = count - whole;
        if (rest > 0) {
            System.arraycopy(x, whole, edgeArgument, 0, rest);
            if (times != null) {
                System.arraycopy(times, whole, edgeFactor, 0, rest);
            }
            apply(times == null ? null : edgeFactor, edgeArgument, edgeArgument, LANES);
            System.arraycopy(edgeArgument, 0, y, whole, rest);
        }
    }

    private void apply(float[] times, float[] x, float[] y, int count) {
        switch (function) {
            case SILU -> silu(times, x, y, count);
            case SOFTPLUS -> softplus(times, x, y, count);
            case SIGMOID -> sigmoid(times, x, y, count);
            case GELU -> gelu(times, x, y, count);
            case TANH -> tanh(times, x, y, count);
            case RELU -> relu(times, x, y, count);
            case HEAVY_TAIL -> heavyTail(times, x, y, count);
        }
    }

    private static void silu(float[] times, float[] x, float[] y, int count) {
        if (times == null) {
            for (int i = 0; i < count; i += LANES) {
                VectorMath.silu(FloatVector.fromArray(SPECIES, x, i)).intoArray(y, i);
            }
            return;
        }
        for (int i = 0; i < count; i += LANES) {
            FloatVector value = VectorMath.silu(FloatVector.fromArray(SPECIES, x, i));
            value.mul(FloatVector.fromArray(SPECIES, times, i)).intoArray(y, i);
        }
    }

    private static void softplus(float[] times, float[] x, float[] y, int count) {
        for (int i = 0; i < count; i += LANES) {
            FloatVector value = VectorMath.softplus(FloatVector.fromArray(SPECIES, x, i));
            scaled(value, times, i).intoArray(y, i);
        }
    }

    private static void sigmoid(float[] times, float[] x, float[] y, int count) {
        for (int i = 0; i < count; i += LANES) {
            FloatVector value = VectorMath.sigmoid(FloatVector.fromArray(SPECIES, x, i));
            scaled(value, times, i).intoArray(y, i);
        }
    }

    private static void gelu(float[] times, float[] x, float[] y, int count) {
        for (int i = 0; i < count; i += LANES) {
            FloatVector value = VectorMath.gelu(FloatVector.fromArray(SPECIES, x, i));
            scaled(value, times, i).intoArray(y, i);
        }
    }

    private static void tanh(float[] times, float[] x, float[] y, int count) {
        for (int i = 0; i < count; i += LANES) {
            FloatVector value = VectorMath.tanh(FloatVector.fromArray(SPECIES, x, i));
            scaled(value, times, i).intoArray(y, i);
        }
    }

    private static void relu(float[] times, float[] x, float[] y, int count) {
        for (int i = 0; i < count; i += LANES) {
            FloatVector value = FloatVector.fromArray(SPECIES, x, i).max(0);
            scaled(value, times, i).intoArray(y, i);
        }
    }

    private static void heavyTail(float[] times, float[] x, float[] y, int count) {
        for (int i = 0; i < count; i += LANES) {
            FloatVector value = VectorMath.heavyTail(FloatVector.fromArray(SPECIES, x, i));
            scaled(value, times, i).intoArray(y, i);
        }
    }

    private static FloatVector scaled(FloatVector value, float[] times, int i) {
        return times == null ? value : value.mul(FloatVector.fromArray(SPECIES, times, i));
    }
}
