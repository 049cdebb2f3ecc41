package io.oxbow.plan;

/**
 * One operation of a {@link StepPlan}: reads registers, may advance state segments, writes
 * registers. A closed set, so that every backend is checked to know each one.
 *
 * <p>Weight arrays are row-major and must not be written after construction.
 */
public sealed interface StepOp
        permits Linear,
                DenseRecurrence,
                Add,
                Activation,
                Gate,
                Clamp,
                LayerNorm,
                RmsNorm,
                Softmax,
                RunningMean,
                DiagonalScan,
                LegsRecurrence,
                RunningNormalizer,
                Denormalizer,
                LagWindow,
                CalendarFeatures,
                ChannelFeatures,
                OnlineReadout,
                AverageContrast,
                ExtremesEvidence,
                TailEvidence,
                EvidencePool,
                SurpriseCalibration {

    /** For people and for error messages. */
    default String describe() {
        return getClass().getSimpleName();
    }
}
