package io.oxbow.compute.scalar;

import io.oxbow.compute.KernelFrame;
import io.oxbow.compute.OpKernel;
import io.oxbow.plan.EvidenceKinds;
import io.oxbow.plan.EvidenceKinds.Part;

/** {@link EvidenceKinds}, a token at a time. */
final class ScalarEvidenceKinds implements OpKernel {
    private final EvidenceKinds op;
    private final Part[] parts;
    private final int[] groups;
    private final int channels;
    private final float[] strongest;

    ScalarEvidenceKinds(EvidenceKinds op) {
        this.op = op;
        this.parts = op.parts().toArray(Part[]::new);
        this.groups = op.groups();
        this.channels = parts[0].term().width();
        this.strongest = new float[parts.length];
    }

    @Override
    public void run(KernelFrame frame) {
        int tokens = frame.batch().tokenCount();
        float[] out = frame.values(op.out());
        int kinds = parts.length;
        for (int t = 0; t < tokens; t++) {
            int at = t * 2 * kinds;
            for (int k = 0; k < kinds; k++) {
                strongest[k] = 0;
                weigh(frame.values(parts[k].term()), t, parts[k].weight(), out, at + k);
                int group = groups[k];
                strongest[group] = Math.max(strongest[group], out[at + k]);
            }
            for (int k = 0; k < kinds; k++) {
                float most = strongest[groups[k]];
                float digits = frame.values(parts[k].digits())[t];
                out[at + k] = most > 0 ? digits * (out[at + k] / most) : 0;
            }
        }
    }

    /** Writes the strength of a kind, and {@code parts.length} further its channel. */
    private void weigh(float[] term, int t, float weight, float[] out, int at) {
        int first = t * channels;
        int channel = 0;
        for (int c = 1; c < channels; c++) {
            if (term[first + c] > term[first + channel]) {
                channel = c;
            }
        }
        out[at] = weight * term[first + channel];
        out[at + parts.length] = channel;
    }
}
