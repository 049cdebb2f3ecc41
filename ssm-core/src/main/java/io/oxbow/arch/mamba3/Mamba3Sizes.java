package io.oxbow.arch.mamba3;

import io.oxbow.arch.ModelConfig;
import io.oxbow.arch.ModelException;

/**
 * Sizes and options of a mixer.
 *
 * @param inner channels of the scan
 * @param heads equal stretches of the channels
 * @param modes state size of a channel
 * @param groups of heads that share B and C
 * @param angles pairs of modes that are turned
 * @param decayFloor smallest magnitude of A
 * @param outputNorm whether each head's output is normalised before the gate
 */
record Mamba3Sizes(
        int inner,
        int heads,
        int modes,
        int groups,
        int angles,
        float decayFloor,
        boolean outputNorm) {

    static Mamba3Sizes of(ModelConfig config, int modelDim) {
        ModelConfig mixer = config.section("ssm_cfg");
        mixer.only("is_mimo", "false", "several inputs and outputs a head are not known");
        int inner = mixer.multiple("expand", 2, modelDim);
        int headDim = mixer.size("headdim", 64);
        int modes = mixer.size("d_state", 128);
        int angles = (int) (modes * mixer.number("rope_fraction", 0.5)) / 2;
        if (inner % headDim != 0 || angles < 1 || 2 * angles > modes) {
            throw new ModelException(
                    "model '"
                            + config.name()
                            + "': "
                            + inner
                            + " channels in heads of "
                            + headDim
                            + " with "
                            + angles
                            + " angles for "
                            + modes
                            + " modes do not fit together");
        }
        int heads = inner / headDim;
        int groups = mixer.positive("ngroups", 1);
        if (heads % groups != 0) {
            throw new ModelException(
                    "model '"
                            + config.name()
                            + "': "
                            + heads
                            + " heads cannot share "
                            + groups
                            + " groups of B and C equally");
        }
        return new Mamba3Sizes(
                inner,
                heads,
                modes,
                groups,
                angles,
                (float) mixer.number("A_floor", 1e-4),
                mixer.flag("is_outproj_norm", false));
    }

    /** Outputs of the input projection. */
    int projected() {
        return 2 * inner + 2 * groups * modes + 3 * heads + angles;
    }
}
