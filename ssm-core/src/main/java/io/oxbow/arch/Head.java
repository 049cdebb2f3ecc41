package io.oxbow.arch;

import io.oxbow.plan.Activation;
import io.oxbow.plan.ActivationFunction;
import io.oxbow.plan.Linear;
import io.oxbow.plan.OutputLayout;
import io.oxbow.plan.Register;
import io.oxbow.plan.RunningMean;
import io.oxbow.plan.Softmax;
import io.oxbow.safetensors.Tensors;

/**
 * The end of a model: its hidden representation as {@link OutputLayout#EMBEDDING} and, where there
 * are weights for it, a linear layer on it as {@link OutputLayout#HEAD}.
 *
 * <p>Config: {@code head} auto | none; {@code pool} last | mean (over the stream so far); {@code
 * head_activation} none | softmax | sigmoid. A readout from a file ({@code readout.weight}, {@code
 * readout.bias}) goes before the model's own decoder.
 */
public final class Head {
    /** Prefix of the tensors of a readout that comes in a file of its own. */
    public static final String READOUT = "readout";

    private final ModelConfig config;
    private final PlanWriter writer;

    public Head(ModelConfig config, PlanWriter writer) {
        this.config = config;
        this.writer = writer;
    }

    /**
     * Outputs of a model whose own decoder, if any, has the tensors {@code decoder.weight} and
     * {@code decoder.bias}.
     *
     * @param features (hidden) of each token
     */
    public OutputLayout outputs(Register features, String decoder) {
        Tensors weights = writer.weights();
        String name = weights.has(READOUT + ".weight") ? READOUT : decoder;
        OutputLayout.Builder outputs = OutputLayout.builder().add(OutputLayout.EMBEDDING, features);
        boolean wanted = !config.choice("head", "auto", "logits", "none").equals("none");
        if (wanted && weights.has(name + ".weight")) {
            int width = weights.dimension(name + ".weight", 0);
            Register head = writer.register("head", width);
            writer.linear(name, pooled(features), head);
            outputs.add(OutputLayout.HEAD, activated(head));
        }
        return outputs.build();
    }

    /** Outputs of a language model, whose decoder may be the transposed embedding. */
    public OutputLayout logits(Register features, float[] vocabulary) {
        OutputLayout.Builder outputs = OutputLayout.builder().add(OutputLayout.EMBEDDING, features);
        Register head = writer.register("head", vocabulary.length / features.width());
        writer.add(new Linear(pooled(features), head, vocabulary, null));
        return outputs.add(OutputLayout.HEAD, activated(head)).build();
    }

    private Register pooled(Register features) {
        if (config.choice("pool", "last", "mean").equals("last")) {
            return features;
        }
        Register mean = writer.register("pooled", features.width());
        writer.add(
                new RunningMean(
                        features,
                        mean,
                        writer.plan().state().f32("pool.mean", features.width()),
                        writer.plan().state().f32("pool.mean.low", features.width()),
                        writer.plan().state().i64("pool.steps")));
        return mean;
    }

    private Register activated(Register head) {
        switch (config.choice("head_activation", "none", "softmax", "sigmoid")) {
            case "softmax" -> writer.add(new Softmax(head, head));
            case "sigmoid" -> writer.add(new Activation(head, head, ActivationFunction.SIGMOID));
            default -> {}
        }
        return head;
    }
}
