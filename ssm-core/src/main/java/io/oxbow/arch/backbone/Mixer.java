package io.oxbow.arch.backbone;

import io.oxbow.plan.Register;

/** Writes the sequence mixer of one block into a plan. */
@FunctionalInterface
public interface Mixer {

    /**
     * @param prefix of the mixer's tensors, with the dot: {@code backbone.layers.3.mixer.}
     * @param layer index of the block, for the names of its state segments
     * @param in (modelDim): the normalised residual stream; not to be written
     * @param out (modelDim): what is added to the residual stream
     */
    void write(String prefix, int layer, Register in, Register out);
}
