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
                Maximum,
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
                HorizonReadout,
                ForecastSurprise,
                AverageContrast,
                ExtremesEvidence,
                TailEvidence,
                FlatlineEvidence,
                DensityEvidence,
                EvidencePool,
                EvidenceKinds,
                SurpriseCalibration,
                StateNovelty,
                RelativeSize,
                AnomalyScore,
                Embedding,
                CausalConv,
                SelectiveScan,
                SsdScan,
                TrapezoidScan,
                DplrScan,
                ModalScan,
                TimedRecurrence {

    /**
     * Additions and multiplications a token, a function such as the exponential counted as one; 0
     * for an operation that only moves numbers.
     */
    default long flops() {
        return 0;
    }

    /** For people and for error messages. */
    default String describe() {
        return getClass().getSimpleName();
    }
}
