package io.oxbow.compute;

import io.oxbow.plan.OutputLayout;

/**
 * What a kernel says of each token: {@code values (T, layout.width())}, row-major, the named fields
 * of {@link OutputLayout} side by side. Filled by {@link StepKernel#run}. Not thread-safe.
 */
public final class OutputBatch {
    private final OutputLayout layout;
    private final float[] values;

    public OutputBatch(OutputLayout layout, int maxTokens) {
        this.layout = layout;
        this.values = new float[Math.multiplyExact(layout.width(), maxTokens)];
    }

    public OutputLayout layout() {
        return layout;
    }

    public float[] values() {
        return values;
    }
}
