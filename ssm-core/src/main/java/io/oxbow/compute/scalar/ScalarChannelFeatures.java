package io.oxbow.compute.scalar;

import io.oxbow.compute.KernelFrame;
import io.oxbow.compute.OpKernel;
import io.oxbow.plan.ChannelFeatures;

/** {@link ChannelFeatures}, by copying. */
final class ScalarChannelFeatures implements OpKernel {
    private final ChannelFeatures op;
    private final float[][] own;
    private final float[][] shared;

    ScalarChannelFeatures(ChannelFeatures op) {
        this.op = op;
        this.own = new float[op.own().size()][];
        this.shared = new float[op.shared().size()][];
    }

    @Override
    public void run(KernelFrame frame) {
        for (int i = 0; i < own.length; i++) {
            own[i] = frame.values(op.own().get(i));
        }
        for (int i = 0; i < shared.length; i++) {
            shared[i] = frame.values(op.shared().get(i));
        }
        float[] out = frame.values(op.out());
        int rows = frame.batch().tokenCount() * op.channels();
        int width = op.features();
        for (int row = 0; row < rows; row++) {
            fill(out, row, row * width);
        }
    }

    /**
     * @param row token times channels plus channel
     */
    private void fill(float[] out, int row, int start) {
        int at = start;
        out[at++] = 1;
        for (int i = 0; i < own.length; i++) {
            int part = op.own().get(i).width() / op.channels();
            System.arraycopy(own[i], row * part, out, at, part);
            at += part;
        }
        int token = row / op.channels();
        for (int i = 0; i < shared.length; i++) {
            int part = op.shared().get(i).width();
            System.arraycopy(shared[i], token * part, out, at, part);
            at += part;
        }
    }
}
