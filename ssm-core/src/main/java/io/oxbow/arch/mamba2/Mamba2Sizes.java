package io.oxbow.arch.mamba2;

import io.oxbow.arch.ModelConfig;
import io.oxbow.arch.ModelException;
import io.oxbow.arch.backbone.MambaBackbone;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Sizes and options of a mixer.
 *
 * @param inner channels of the scan
 * @param heads equal stretches of the channels
 * @param modes state size of a channel
 * @param groups of heads that share B and C
 * @param taps width of the convolution
 * @param biased whether the projections in and out have a bias
 * @param convBiased whether the convolution has one
 * @param dtLow lower limit of the step
 * @param dtHigh upper limit of the step
 * @param norm whether the gated output is normalised
 * @param normBeforeGate whether that is before the gate
 * @param normGroups stretches of the channels that are normalised apart
 */
record Mamba2Sizes(
        int inner,
        int heads,
        int modes,
        int groups,
        int taps,
        boolean biased,
        boolean convBiased,
        float dtLow,
        float dtHigh,
        boolean norm,
        boolean normBeforeGate,
        int normGroups,
        double normEpsilon) {
    private static final double EPSILON = 1e-5;
    private static final int HUGGING_FACE_GROUPS = 8;
    private static final String NORM_ORDER = "norm_order";
    private static final String NORM_FIRST = "norm-first";

    static Mamba2Sizes of(ModelConfig config, int modelDim) {
        boolean huggingFace = MambaBackbone.isHuggingFace(config);
        ModelConfig mixer = huggingFace ? config : config.section("ssm_cfg");
        int inner = mixer.multiple("expand", 2, modelDim);
        int headDim = mixer.size(huggingFace ? "head_dim" : "headdim", 64);
        int heads = inner / headDim;
        if (inner % headDim != 0 || mixer.positive("num_heads", heads) != heads) {
            throw new ModelException(
                    "model '"
                            + config.name()
                            + "': heads of "
                            + headDim
                            + " channels do not divide the "
                            + inner
                            + " channels of a block");
        }
        if (huggingFace) {
            config.only("hidden_act", "'silu'", "only 'silu' is known");
        } else {
            mixer.only("d_ssm", String.valueOf(inner), "a scan over some channels is not known");
        }
        double[] limit =
                mixer.numbers(
                        huggingFace ? "time_step_limit" : "dt_limit", 0, Double.POSITIVE_INFINITY);
        if (limit.length != 2 || !(limit[0] <= limit[1])) {
            throw new ModelException(
                    "model '" + config.name() + "': the limits of the step are not [low, high]");
        }
        int groups = groups(mixer, huggingFace);
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
        return new Mamba2Sizes(
                inner,
                heads,
                mixer.size(huggingFace ? "state_size" : "d_state", 128),
                groups,
                mixer.size(huggingFace ? "conv_kernel" : "d_conv", 4),
                mixer.flag(huggingFace ? "use_bias" : "bias", false),
                mixer.flag(huggingFace ? "use_conv_bias" : "conv_bias", true),
                (float) limit[0],
                (float) limit[1],
                huggingFace || mixer.flag("rmsnorm", true),
                huggingFace
                        ? config.choice(NORM_ORDER, "gate-first", NORM_FIRST).equals(NORM_FIRST)
                        : mixer.flag("norm_before_gate", false),
                config.positive("norm_groups", groups),
                huggingFace ? config.number("layer_norm_epsilon", EPSILON) : EPSILON);
    }

    private static int groups(ModelConfig mixer, boolean huggingFace) {
        return huggingFace
                ? mixer.positive("n_groups", HUGGING_FACE_GROUPS)
                : mixer.positive("ngroups", 1);
    }

    /**
     * What a Hugging Face config leaves open, see {@link Mamba2Architecture}: the reading that is
     * taken first, then the others, each as overrides.
     */
    static List<Map<String, String>> readings(ModelConfig config) {
        List<Map<String, String>> readings = new ArrayList<>(List.of(Map.of()));
        if (!MambaBackbone.isHuggingFace(config)) {
            return readings;
        }
        Map<String, String> oneNorm = Map.of("norm-groups", "1");
        Map<String, String> normFirst = Map.of("norm-order", NORM_FIRST);
        boolean grouped = !config.has("norm_groups") && groups(config, true) > 1;
        boolean first = !config.has(NORM_ORDER) && config.flag("norm_before_gate", false);
        if (grouped) {
            readings.add(oneNorm);
        }
        if (first) {
            readings.add(normFirst);
        }
        if (grouped && first) {
            Map<String, String> both = new TreeMap<>(oneNorm);
            both.putAll(normFirst);
            readings.add(both);
        }
        return readings;
    }
}
