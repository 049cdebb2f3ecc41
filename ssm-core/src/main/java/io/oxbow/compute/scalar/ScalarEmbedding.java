package io.oxbow.compute.scalar;

import io.oxbow.compute.KernelFrame;
import io.oxbow.compute.OpKernel;
import io.oxbow.plan.Embedding;
import java.util.Arrays;

/** {@link Embedding}: one row copied a token. */
final class ScalarEmbedding implements OpKernel {
    private final Embedding op;

    ScalarEmbedding(Embedding op) {
        this.op = op;
    }

    @Override
    public void run(KernelFrame frame) {
        float[] ids = frame.values(op.in());
        float[] out = frame.values(op.out());
        int width = op.out().width();
        for (int t = 0; t < frame.batch().tokenCount(); t++) {
            int id = (int) ids[t];
            if (id == ids[t] && id >= 0 && id < op.rows()) {
                System.arraycopy(op.table(), id * width, out, t * width, width);
            } else {
                Arrays.fill(out, t * width, (t + 1) * width, Float.NaN);
            }
        }
    }
}
