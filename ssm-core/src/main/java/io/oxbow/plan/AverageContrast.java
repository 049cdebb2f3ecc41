package io.oxbow.plan;

import io.oxbow.model.StateLayout.Dtype;
import io.oxbow.model.StateLayout.Segment;

/**
 * How far each channel's recent level stands from its usual one: a fast minus a slow exponential
 * average, with weights 2 / (length + 1).
 *
 * @param in (channels)
 * @param out (channels)
 * @param averages state segment (2, channels): fast, slow
 * @param fast length in tokens
 * @param slow length in tokens
 */
public record AverageContrast(Register in, Register out, Segment averages, double fast, double slow)
        implements StepOp {
    public AverageContrast {
        Shapes.same(in, out);
        Shapes.holds(averages, Dtype.F32, 2 * in.width());
        Shapes.within("fast", fast, 0, slow);
    }
}
