package io.oxbow.arch.backbone;

import io.oxbow.arch.Head;
import io.oxbow.arch.ModelConfig;
import io.oxbow.arch.ModelException;
import io.oxbow.arch.PlanWriter;
import io.oxbow.plan.Add;
import io.oxbow.plan.Embedding;
import io.oxbow.plan.OutputLayout;
import io.oxbow.plan.Register;
import io.oxbow.safetensors.Tensors;

/**
 * What all Mambas share around their mixers, under the names of state-spaces/mamba and of Hugging
 * Face:
 *
 * <pre>
 * r = embedding(token), or the event's features as they are, or encoder(features)
 * each block:  r = r + mixer(norm(r))
 * hidden = norm_f(r),  head = lm_head(hidden), tied to the embedding where the config says so
 * </pre>
 *
 * Config: {@code input} features | tokens; {@code head} auto | logits | none, where auto gives
 * logits to token models only.
 */
public final class MambaBackbone {
    private final ModelConfig config;
    private final Tensors weights;
    private final String prefix;
    private final int modelDim;
    private final int layers;
    private final double epsilon;
    private final boolean rmsNorm;
    private final boolean tokens;
    private final PlanWriter writer;

    public MambaBackbone(ModelConfig config, Tensors weights) {
        this.config = config;
        this.weights = weights;
        this.prefix = weights.has("norm_f.weight") ? "" : "backbone.";
        boolean huggingFace = isHuggingFace(config);
        this.modelDim = size(config, huggingFace ? "hidden_size" : "d_model");
        this.layers = config.positive(huggingFace ? "num_hidden_layers" : "n_layer");
        this.epsilon = config.number(huggingFace ? "layer_norm_epsilon" : "norm_epsilon", 1e-5);
        this.rmsNorm = huggingFace || config.flag("rms_norm", true);
        this.tokens = config.choice("input", "features", "tokens").equals("tokens");
        refuseOtherBlocks();
        this.writer = new PlanWriter(inputDim(), weights);
    }

    private static int size(ModelConfig config, String field) {
        config.positive(field);
        return config.size(field, 1);
    }

    /** Whether a config has Hugging Face's field names. */
    public static boolean isHuggingFace(ModelConfig config) {
        return config.has("hidden_size");
    }

    /** The kind of mixer that a config of state-spaces/mamba asks for, or the empty string. */
    public static String stateSpacesLayer(ModelConfig config) {
        boolean stateSpaces =
                !config.has("model_type") && config.has("d_model") && config.has("n_layer");
        return stateSpaces ? config.section("ssm_cfg").text("layer", "Mamba1") : "";
    }

    public PlanWriter writer() {
        return writer;
    }

    public int modelDim() {
        return modelDim;
    }

    /** Writes everything from the input to the head; returns the outputs. */
    public OutputLayout write(Mixer mixer) {
        Register residual = writer.register("residual", modelDim);
        Register normed = writer.register("normed", modelDim);
        Register mixed = writer.register("mixed", modelDim);
        Register in = input(residual);
        for (int i = 0; i < layers; i++) {
            String block = prefix + "layers." + i + ".";
            norm(block + "norm", in, normed);
            mixer.write(block + "mixer.", i, normed, mixed);
            writer.add(new Add(in, mixed, residual, null));
            in = residual;
        }
        norm(prefix + "norm_f", in, normed);
        return outputs(normed);
    }

    private void refuseOtherBlocks() {
        config.onlyPerEvent("a Mamba chooses its own steps; it has learned one an event");
        config.only("attn_layer_idx", "[]", "attention layers keep every token, not a state");
        config.only("d_intermediate", "0", "blocks with a feed-forward part are not known");
    }

    private int inputDim() {
        if (tokens) {
            return 1;
        }
        return weights.has("encoder.weight") ? weights.dimension("encoder.weight", 1) : modelDim;
    }

    private Register input(Register residual) {
        Register input = writer.plan().input();
        if (tokens) {
            writer.add(new Embedding(input, residual, embedding()));
            return residual;
        } else if (weights.has("encoder.weight")) {
            writer.linear("encoder", input, residual);
            return residual;
        }
        return input;
    }

    private void norm(String name, Register in, Register out) {
        if (rmsNorm) {
            writer.rmsNorm(name, in, out, 1, epsilon);
        } else {
            writer.layerNorm(name, in, out, epsilon);
        }
    }

    private OutputLayout outputs(Register hidden) {
        String head = config.choice("head", "auto", "logits", "none");
        boolean readout = weights.has(Head.READOUT + ".weight");
        Head end = new Head(config, writer);
        if (head.equals("logits") || (head.equals("auto") && tokens && !readout)) {
            return end.logits(hidden, vocabulary());
        }
        return end.outputs(hidden, "decoder");
    }

    private float[] vocabulary() {
        if (weights.has("lm_head.weight")) {
            return matrix("lm_head.weight");
        }
        boolean tied =
                config.flag("tie_embeddings", true) && config.flag("tie_word_embeddings", true);
        if (!tied) {
            throw new ModelException(
                    "model '"
                            + config.name()
                            + "' is not tied to its embedding and has no lm_head.weight; ask for"
                            + " no logits with the option head=none");
        }
        return embedding();
    }

    private float[] embedding() {
        String plural = prefix + "embeddings.weight";
        return matrix(weights.has(plural) ? plural : prefix + "embedding.weight");
    }

    /** A (vocabulary, modelDim) matrix; the vocabulary may be padded beyond the config's. */
    private float[] matrix(String name) {
        return weights.floats(name, weights.dimension(name, 0), modelDim);
    }
}
