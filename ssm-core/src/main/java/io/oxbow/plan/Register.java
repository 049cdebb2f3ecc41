package io.oxbow.plan;

/**
 * A per-token buffer of a plan: {@code (T, width)}, row-major. Register 0 is the input.
 *
 * @param index position in {@link StepPlan#registers()}
 * @param name for people
 * @param width floats per token
 */
public record Register(int index, String name, int width) {}
