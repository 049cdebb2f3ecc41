package io.oxbow.arch.mamba1;

import io.oxbow.arch.ModelConfig;
import io.oxbow.arch.backbone.MambaBackbone;

/**
 * Sizes of a mixer.
 *
 * @param inner channels of the scan
 * @param modes state size of a channel
 * @param taps width of the convolution
 * @param dtRank rank of the step's projection
 * @param biased whether the projections in and out have a bias
 * @param convBiased whether the convolution has one
 * @param innerNorm whether the step's low-rank part, B and C are normalised
 * @param innerEpsilon of that norm
 */
record Mamba1Sizes(
        int inner,
        int modes,
        int taps,
        int dtRank,
        boolean biased,
        boolean convBiased,
        boolean innerNorm,
        double innerEpsilon) {
    private static final int MODEL_DIM_PER_RANK = 16;

    static Mamba1Sizes of(ModelConfig config, int modelDim) {
        if (MambaBackbone.isHuggingFace(config)) {
            config.only("hidden_act", "'silu'", "only 'silu' is known");
            int inner = config.multiple("expand", 2, modelDim);
            return new Mamba1Sizes(
                    config.size("intermediate_size", inner),
                    config.size("state_size", 16),
                    config.size("conv_kernel", 4),
                    rank(config, "time_step_rank", modelDim),
                    config.flag("use_bias", false),
                    config.flag("use_conv_bias", true),
                    config.text("model_type", "").equals(Mamba1Architecture.FALCON),
                    config.number("mixer_rms_eps", 1e-6));
        }
        ModelConfig mixer = config.section("ssm_cfg");
        return new Mamba1Sizes(
                mixer.multiple("expand", 2, modelDim),
                mixer.size("d_state", 16),
                mixer.size("d_conv", 4),
                rank(mixer, "dt_rank", modelDim),
                mixer.flag("bias", false),
                mixer.flag("conv_bias", true),
                false,
                0);
    }

    /** A number, or {@code auto}: one for every 16 model dimensions. */
    private static int rank(ModelConfig config, String field, int modelDim) {
        if (config.isText(field) || !config.has(field)) {
            config.choice(field, "auto");
            return (modelDim + MODEL_DIM_PER_RANK - 1) / MODEL_DIM_PER_RANK;
        }
        return config.size(field, 1);
    }
}
