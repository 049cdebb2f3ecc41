package io.oxbow.bench.drift;

import io.oxbow.plan.DiagonalScan;
import io.oxbow.plan.DplrScan;
import io.oxbow.plan.LegsRecurrence;
import io.oxbow.plan.ModalScan;
import io.oxbow.plan.Register;
import io.oxbow.plan.SelectiveScan;
import io.oxbow.plan.SsdScan;
import io.oxbow.plan.StepOp;
import io.oxbow.plan.Stepping;
import io.oxbow.plan.TimedRecurrence;
import io.oxbow.plan.TrapezoidScan;
import java.util.IdentityHashMap;
import java.util.Map;

/** The operations of a {@link DoublePlan} that carry a state from token to token. */
final class DoubleScans {
    private final double[][] registers;
    private final double[] state;
    private final Map<Stepping, double[]> tables = new IdentityHashMap<>();
    private final double[] turned;
    private long steps;

    /**
     * @param registers of the plan, by index
     * @param state the row, shared with the caller
     */
    DoubleScans(double[][] registers, double[] state) {
        this.registers = registers;
        this.state = state;
        this.turned = new double[state.length];
    }

    /** How far each angle of the state has turned in all, whole turns included; else 0. */
    double[] turned() {
        return turned;
    }

    void run(StepOp op) {
        if (op instanceof SelectiveScan scan) {
            selective(scan);
        } else if (op instanceof SsdScan scan) {
            ssd(scan);
        } else if (op instanceof TrapezoidScan scan) {
            trapezoid(scan);
        } else if (op instanceof DiagonalScan scan) {
            modes(
                    scan.in(),
                    scan.out(),
                    scan.state().offset(),
                    scan.stepping(),
                    0,
                    scan.c(),
                    scan.d());
        } else if (op instanceof DplrScan scan) {
            modes(
                    scan.in(),
                    scan.out(),
                    scan.state().offset(),
                    scan.stepping(),
                    scan.rank(),
                    scan.c(),
                    scan.d());
        } else if (op instanceof ModalScan scan) {
            modal(scan);
        } else if (op instanceof TimedRecurrence recurrence) {
            window(recurrence);
        } else if (op instanceof LegsRecurrence recurrence) {
            legs(recurrence);
        } else {
            throw new IllegalArgumentException("no 64-bit reference for " + op.describe());
        }
    }

    private double[] of(Register register) {
        return registers[register.index()];
    }

    private double[] table(Stepping stepping) {
        return tables.computeIfAbsent(stepping, Stepping::nominal);
    }

    private void selective(SelectiveScan op) {
        double[] x = of(op.x());
        double[] dt = of(op.dt());
        double[] b = of(op.b());
        double[] c = of(op.c());
        double[] y = of(op.out());
        for (int i = 0; i < op.channels(); i++) {
            double sum = op.d()[i] * x[i];
            for (int n = 0; n < op.modes(); n++) {
                int at = op.state().offset() + n * op.channels() + i;
                double decay = Math.exp(dt[i] * op.a()[n * op.channels() + i]);
                state[at] = decay * state[at] + dt[i] * b[n] * x[i];
                sum += c[n] * state[at];
            }
            y[i] = sum;
        }
    }

    private void ssd(SsdScan op) {
        double[] x = of(op.x());
        double[] dt = of(op.dt());
        double[] b = of(op.b());
        double[] c = of(op.c());
        double[] y = of(op.out());
        for (int i = 0; i < op.channels(); i++) {
            int head = i * op.heads() / op.channels();
            int group = head * op.groups() / op.heads() * op.modes();
            double decay = Math.exp(dt[head] * op.a()[head]);
            double sum = op.d()[i] * x[i];
            for (int n = 0; n < op.modes(); n++) {
                int at = op.state().offset() + atHead(i, n, op.heads(), op.channels(), op.modes());
                state[at] = decay * state[at] + dt[head] * b[group + n] * x[i];
                sum += c[group + n] * state[at];
            }
            y[i] = sum;
        }
    }

    /** Where mode {@code n} of channel {@code i} lies in (heads, modes, channels of a head). */
    private static int atHead(int i, int n, int heads, int channels, int modes) {
        int headDim = channels / heads;
        return (i / headDim * modes + n) * headDim + i % headDim;
    }

    private void trapezoid(TrapezoidScan op) {
        double[] x = of(op.x());
        double[] y = of(op.out());
        double[] rotation = of(op.rotation());
        int modes = op.modes();
        int headDim = op.channels() / op.heads();
        double[] k = new double[modes];
        double[] q = new double[modes];
        for (int head = 0; head < op.heads(); head++) {
            double dt = of(op.dt())[head];
            double mix = of(op.mix())[head];
            double decay = Math.exp(-dt * of(op.decay())[head]);
            int group = head * op.groups() / op.heads() * modes;
            for (int n = 0; n < modes; n++) {
                k[n] = of(op.b())[group + n] + op.biasB()[head * modes + n];
                q[n] = of(op.c())[group + n] + op.biasC()[head * modes + n];
            }
            for (int j = 0; j < rotation.length; j++) {
                int at = op.state().angle().offset() + head * rotation.length + j;
                double step = Math.PI * dt * rotation[j];
                turned[at] += step;
                state[at] = Math.IEEEremainder(state[at] + step, 2 * Math.PI);
                turn(k, 2 * j, state[at]);
                turn(q, 2 * j, state[at]);
            }
            int before = op.state().k().offset() + head * modes;
            for (int i = head * headDim; i < (head + 1) * headDim; i++) {
                double old = decay * dt * (1 - mix) * state[op.state().x().offset() + i];
                double sum = op.d()[i] * x[i];
                for (int n = 0; n < modes; n++) {
                    int at =
                            op.state().h().offset()
                                    + atHead(i, n, op.heads(), op.channels(), modes);
                    state[at] =
                            decay * state[at] + old * state[before + n] + dt * mix * k[n] * x[i];
                    sum += q[n] * state[at];
                }
                y[i] = sum;
            }
            System.arraycopy(k, 0, state, before, modes);
        }
        System.arraycopy(x, 0, state, op.state().x().offset(), x.length);
    }

    private static void turn(double[] values, int at, double angle) {
        double first = values[at];
        double second = values[at + 1];
        values[at] = first * Math.cos(angle) - second * Math.sin(angle);
        values[at + 1] = first * Math.sin(angle) + second * Math.cos(angle);
    }

    /** Banks of modes, one a channel, with or without a coupling. */
    private void modes(
            Register from,
            Register to,
            int offset,
            Stepping stepping,
            int rank,
            float[] c,
            float[] d) {
        double[] in = of(from);
        double[] out = of(to);
        double[] table = table(stepping);
        int channels = in.length;
        int size = c.length / 2;
        double[] coupling = new double[rank];
        for (int h = 0; h < channels; h++) {
            for (int r = 0; r < rank; r++) {
                coupling[r] = 0;
                for (int i = h; i < size; i += channels) {
                    int re = offset + 2 * (i - h) + h;
                    int w = (6 + 4 * r) * size + i;
                    coupling[r] +=
                            2 * (table[w] * state[re] - table[w + size] * state[re + channels]);
                }
            }
            double sum = d == null ? 0 : d[h] * in[h];
            for (int i = h; i < size; i += channels) {
                int re = offset + 2 * (i - h) + h;
                int im = re + channels;
                double x = table[i] * state[re] - table[size + i] * state[im];
                double z = table[i] * state[im] + table[size + i] * state[re];
                x += table[2 * size + i] * in[h];
                z += table[3 * size + i] * in[h];
                for (int r = 0; r < rank; r++) {
                    x -= table[(4 + 4 * r) * size + i] * coupling[r];
                    z -= table[(5 + 4 * r) * size + i] * coupling[r];
                }
                state[re] = x;
                state[im] = z;
                sum += c[i] * x - c[size + i] * z;
            }
            out[h] = sum;
        }
    }

    private void modal(ModalScan op) {
        double[] v = of(op.in());
        double[] out = of(op.out());
        double[] table = table(op.stepping());
        int modes = v.length / 2;
        int at = op.state().offset();
        for (int p = 0; p < modes; p++) {
            double re = state[at + p];
            double im = state[at + modes + p];
            double gRe = table[2 * modes + p];
            double gIm = table[3 * modes + p];
            out[p] = table[p] * re - table[modes + p] * im + gRe * v[p] - gIm * v[modes + p];
            out[modes + p] =
                    table[p] * im + table[modes + p] * re + gRe * v[modes + p] + gIm * v[p];
        }
        System.arraycopy(out, 0, state, at, out.length);
    }

    private void window(TimedRecurrence op) {
        double[] in = of(op.in());
        double[] out = of(op.out());
        double[] table = table(op.stepping());
        int order = op.order();
        int at = op.memory().offset();
        for (int c = 0; c < in.length; c++) {
            for (int i = 0; i < order; i++) {
                double sum = table[order * order + i] * in[c];
                for (int j = 0; j < order; j++) {
                    sum += table[i * order + j] * state[at + c * order + j];
                }
                out[c * order + i] = sum;
            }
        }
        System.arraycopy(out, 0, state, at, out.length);
    }

    /** The trapezoidal rule, row after row of the lower triangle. */
    private void legs(LegsRecurrence op) {
        if (op.rule() != LegsRecurrence.Rule.BILINEAR) {
            throw new IllegalArgumentException("no 64-bit reference for LegS by " + op.rule());
        }
        double[] in = of(op.in());
        double[] out = of(op.out());
        int order = op.order();
        int at = op.memory().offset();
        for (int c = 0; c < in.length; c++) {
            double before = 0;
            double after = 0;
            for (int n = 0; n < order; n++) {
                double root = Math.sqrt(2 * n + 1);
                double m = state[at + c * order + n];
                double next;
                if (steps == 0) {
                    next = n == 0 ? in[c] : 0;
                } else {
                    double h = 1.0 / steps;
                    double right = m + h * (root * (in[c] - before / 2) - (n + 1) * m / 2);
                    next = (right - h * root * after / 2) / (1 + h * (n + 1) / 2);
                }
                before += root * m;
                after += root * next;
                state[at + c * order + n] = next;
                out[c * order + n] = next;
            }
        }
        steps++;
    }
}
