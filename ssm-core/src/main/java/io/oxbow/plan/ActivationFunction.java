package io.oxbow.plan;

/** Element-wise functions of neural networks. */
public enum ActivationFunction {
    /** {@code x Phi(x)} with the exact normal distribution, not the tanh approximation. */
    GELU,
    /** {@code x / (1 + e^-x)}. */
    SILU,
    /** {@code log(1 + e^x)}, and x itself above 20. */
    SOFTPLUS,
    /** {@code 1 / (1 + e^-x)}. */
    SIGMOID,
    TANH,
    RELU,
    /** {@code 1 + x} from 0 up, {@code 1 / (1 - x)} below: positive, with slow tails. */
    HEAVY_TAIL
}
