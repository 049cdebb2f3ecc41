package io.oxbow.compute.tornado;

import io.oxbow.plan.EvidenceKinds;
import io.oxbow.plan.EvidenceKinds.Part;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.DoubleArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * {@link EvidenceKinds}: a task a kind that finds its strength, then one a kind that shares digits
 * out; a work-item a token.
 */
final class DeviceEvidenceKinds implements DeviceOp {
    private final EvidenceKinds op;

    DeviceEvidenceKinds(EvidenceKinds op) {
        this.op = op;
    }

    @Override
    public void draw(DeviceFrame frame) {
        int kinds = op.parts().size();
        FloatArray strengths = frame.scratchFloats((long) frame.maxTokens() * kinds);
        for (int k = 0; k < kinds; k++) {
            Part part = op.parts().get(k);
            frame.graph()
                    .task(
                            frame.perToken("strength", 1),
                            DeviceEvidenceKinds::strength,
                            frame.context(),
                            frame.sizes(),
                            frame.values(part.term()),
                            strengths,
                            frame.values(op.out()),
                            frame.keep(new double[] {part.weight()}),
                            part.term().width(),
                            k,
                            kinds);
        }
        IntArray groups = frame.keep(op.groups());
        for (int k = 0; k < kinds; k++) {
            frame.graph()
                    .task(
                            frame.perToken("share", 1),
                            DeviceEvidenceKinds::share,
                            frame.context(),
                            frame.sizes(),
                            frame.values(op.parts().get(k).digits()),
                            strengths,
                            groups,
                            frame.values(op.out()),
                            k,
                            kinds);
        }
    }

    /**
     * @param strengths (T, kinds)
     */
    static void strength(
            KernelContext context,
            IntArray sizes,
            FloatArray term,
            FloatArray strengths,
            FloatArray out,
            DoubleArray weight,
            int channels,
            int kind,
            int kinds) {
        int t = context.globalIdx;
        if (t < sizes.get(DeviceBatch.TOKENS)) {
            int channel = 0;
            float most = term.get(t * channels);
            for (int c = 1; c < channels; c++) {
                float other = term.get(t * channels + c);
                if (other > most) {
                    most = other;
                    channel = c;
                }
            }
            strengths.set(t * kinds + kind, (float) weight.get(0) * most);
            out.set((2 * t + 1) * kinds + kind, channel);
        }
    }

    /**
     * @param strengths (T, kinds)
     * @param groups (kinds)
     */
    static void share(
            KernelContext context,
            IntArray sizes,
            FloatArray digits,
            FloatArray strengths,
            IntArray groups,
            FloatArray out,
            int kind,
            int kinds) {
        int t = context.globalIdx;
        if (t < sizes.get(DeviceBatch.TOKENS)) {
            float most = 0;
            for (int k = 0; k < kinds; k++) {
                float strength = 0;
                if (groups.get(k) == groups.get(kind)) {
                    strength = strengths.get(t * kinds + k);
                }
                if (strength > most) {
                    most = strength;
                }
            }
            float shared = 0;
            if (most > 0) {
                shared = digits.get(t) * (strengths.get(t * kinds + kind) / most);
            }
            out.set(2 * t * kinds + kind, shared);
        }
    }
}
