package io.oxbow.arch;

import io.oxbow.plan.Add;
import io.oxbow.plan.Linear;
import io.oxbow.plan.ModalScan;
import io.oxbow.plan.Register;
import io.oxbow.plan.Stepping;

/**
 * A layer of many inputs and outputs around one bank of complex modes, as S5 and the LRU have it:
 * {@code v = B u}, the modes, {@code y = Re(C x) + D u}.
 *
 * @param b (modes, width), complex
 * @param c (width, modes), complex
 * @param d (width)
 */
public record ModalLayer(Complex[] b, Complex[] c, float[] d, Stepping stepping) {

    /** Writes the layer from the plan's input; returns y. The state's segment is {@code state}. */
    public Register write(PlanWriter writer) {
        int width = d.length;
        int modes = b.length / width;
        Register input = writer.plan().input();
        Register driven = writer.register("B u", 2 * modes);
        Register state = writer.register("x", 2 * modes);
        Register read = writer.register("C x", width);
        Register out = writer.register("y", width);
        writer.add(new Linear(input, driven, inputWeight(), null));
        writer.add(
                new ModalScan(
                        driven, state, writer.plan().state().f32("state", 2, modes), stepping));
        writer.add(new Linear(state, read, outputWeight(modes), null));
        writer.add(new Add(read, input, out, d));
        return out;
    }

    /** (2 modes, width): the real parts of B, then the imaginary ones. */
    private float[] inputWeight() {
        float[] weight = new float[2 * b.length];
        for (int i = 0; i < b.length; i++) {
            weight[i] = (float) b[i].re();
            weight[b.length + i] = (float) b[i].im();
        }
        return weight;
    }

    /** (width, 2 modes): Re(C x) = Re C Re x - Im C Im x. */
    private float[] outputWeight(int modes) {
        float[] weight = new float[2 * c.length];
        for (int i = 0; i < c.length; i++) {
            int at = i / modes * 2 * modes + i % modes;
            weight[at] = (float) c[i].re();
            weight[at + modes] = (float) -c[i].im();
        }
        return weight;
    }
}
