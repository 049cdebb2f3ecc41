package io.oxbow.bench.drift;

import io.oxbow.plan.Activation;
import io.oxbow.plan.ActivationFunction;
import io.oxbow.plan.Add;
import io.oxbow.plan.CausalConv;
import io.oxbow.plan.Clamp;
import io.oxbow.plan.Gate;
import io.oxbow.plan.LayerNorm;
import io.oxbow.plan.Linear;
import io.oxbow.plan.OutputLayout;
import io.oxbow.plan.Register;
import io.oxbow.plan.RmsNorm;
import io.oxbow.plan.StepOp;
import io.oxbow.plan.StepPlan;

/**
 * One stream of a plan in 64-bit arithmetic throughout, state included: what 32-bit kernels are
 * held against. Written from the formulas of the operations, and slow. Not thread-safe.
 */
final class DoublePlan {
    private static final double SOFTPLUS_THRESHOLD = 20;

    private final StepPlan plan;
    private final double[][] registers;
    private final double[] state;
    private final DoubleScans scans;

    DoublePlan(StepPlan plan) {
        this.plan = plan;
        this.registers = new double[plan.registers().size()][];
        for (Register register : plan.registers()) {
            registers[register.index()] = new double[register.width()];
        }
        this.state = new double[plan.layout().floats()];
        for (int i = 0; i < state.length; i++) {
            state[i] = plan.initial().floats()[i];
        }
        this.scans = new DoubleScans(registers, state);
    }

    /** The floats of the state's row, as doubles. */
    double[] state() {
        return state;
    }

    /** See {@link DoubleScans#turned}. */
    double[] turned() {
        return scans.turned();
    }

    /** Writes a field of the last token's output. */
    void output(OutputLayout.Field field, double[] into) {
        double[] from = registers[field.register().index()];
        System.arraycopy(from, 0, into, field.offset(), from.length);
    }

    /** One token, {@code tokens[offset]} on. */
    void step(float[] tokens, int offset) {
        double[] input = registers[0];
        for (int i = 0; i < input.length; i++) {
            input[i] = tokens[offset + i];
        }
        for (StepOp op : plan.ops()) {
            if (!perToken(op)) {
                scans.run(op);
            }
        }
    }

    /** Runs an operation that looks at one token only, or at its last few; false if it is none. */
    private boolean perToken(StepOp op) {
        if (op instanceof Linear linear) {
            linear(linear);
        } else if (op instanceof Add add) {
            double[] left = of(add.left());
            double[] right = of(add.right());
            double[] out = of(add.out());
            for (int i = 0; i < out.length; i++) {
                out[i] = left[i] + (add.scale() == null ? 1 : add.scale()[i]) * right[i];
            }
        } else if (op instanceof Activation activation) {
            double[] in = of(activation.in());
            double[] out = of(activation.out());
            for (int i = 0; i < out.length; i++) {
                out[i] = value(activation.function(), in[i]);
            }
        } else if (op instanceof Gate gate) {
            double[] in = of(gate.in());
            double[] by = of(gate.gate());
            double[] out = of(gate.out());
            for (int i = 0; i < out.length; i++) {
                out[i] = in[i] * value(gate.function(), by[i]);
            }
        } else if (op instanceof Clamp clamp) {
            double[] in = of(clamp.in());
            double[] out = of(clamp.out());
            for (int i = 0; i < out.length; i++) {
                out[i] = Math.min(Math.max(in[i], clamp.low()), clamp.high());
            }
        } else if (op instanceof RmsNorm norm) {
            rmsNorm(norm);
        } else if (op instanceof LayerNorm norm) {
            layerNorm(norm);
        } else if (op instanceof CausalConv conv) {
            convolve(conv);
        } else {
            return false;
        }
        return true;
    }

    private double[] of(Register register) {
        return registers[register.index()];
    }

    private void linear(Linear op) {
        double[] in = of(op.in());
        double[] out = of(op.out());
        for (int i = 0; i < out.length; i++) {
            double sum = op.bias() == null ? 0 : op.bias()[i];
            for (int j = 0; j < in.length; j++) {
                sum += op.weight()[i * in.length + j] * in[j];
            }
            out[i] = sum;
        }
    }

    private void rmsNorm(RmsNorm op) {
        double[] in = of(op.in());
        double[] out = of(op.out());
        int size = in.length / op.groups();
        for (int from = 0; from < in.length; from += size) {
            double squares = 0;
            for (int i = from; i < from + size; i++) {
                squares += in[i] * in[i];
            }
            double scale = 1 / Math.sqrt(squares / size + op.epsilon());
            for (int i = from; i < from + size; i++) {
                out[i] = in[i] * scale * op.weight()[i];
            }
        }
    }

    private void layerNorm(LayerNorm op) {
        double[] in = of(op.in());
        double[] out = of(op.out());
        double mean = 0;
        for (double value : in) {
            mean += value / in.length;
        }
        double variance = 0;
        for (double value : in) {
            variance += (value - mean) * (value - mean) / in.length;
        }
        double scale = 1 / Math.sqrt(variance + op.epsilon());
        for (int i = 0; i < in.length; i++) {
            double bias = op.bias() == null ? 0 : op.bias()[i];
            out[i] = (in[i] - mean) * scale * op.weight()[i] + bias;
        }
    }

    private void convolve(CausalConv op) {
        double[] in = of(op.in());
        double[] out = of(op.out());
        int channels = in.length;
        int at = op.history().offset();
        int older = (op.taps() - 1) * channels;
        System.arraycopy(state, at + channels, state, at, older);
        System.arraycopy(in, 0, state, at + older, channels);
        for (int c = 0; c < channels; c++) {
            double sum = op.bias() == null ? 0 : op.bias()[c];
            for (int k = 0; k < op.taps(); k++) {
                sum += op.weight()[k * channels + c] * state[at + k * channels + c];
            }
            out[c] = sum;
        }
    }

    static double value(ActivationFunction function, double x) {
        return switch (function) {
            case GELU -> x * normal(x);
            case SILU -> x / (1 + Math.exp(-x));
            case SOFTPLUS -> x > SOFTPLUS_THRESHOLD ? x : Math.log1p(Math.exp(x));
            case SIGMOID -> 1 / (1 + Math.exp(-x));
            case TANH -> Math.tanh(x);
            case RELU -> Math.max(x, 0);
            case HEAVY_TAIL -> x >= 0 ? 1 + x : 1 / (1 - x);
        };
    }

    /** The normal distribution: its Taylor series near zero, a continued fraction in the tails. */
    private static double normal(double x) {
        double size = Math.abs(x);
        double density = Math.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI);
        if (size < 4) {
            double term = x;
            double sum = x;
            for (int n = 1; Math.abs(term) > 1e-17 * Math.abs(sum); n++) {
                term *= x * x / (2 * n + 1);
                sum += term;
            }
            return 0.5 + density * sum;
        }
        double fraction = size;
        for (int n = 40; n > 0; n--) {
            fraction = size + n / fraction;
        }
        return x > 0 ? 1 - density / fraction : density / fraction;
    }
}
