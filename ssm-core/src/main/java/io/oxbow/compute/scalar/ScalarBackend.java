package io.oxbow.compute.scalar;

import io.oxbow.compute.Availability;
import io.oxbow.compute.ComputeBackend;
import io.oxbow.compute.HostStepKernel;
import io.oxbow.compute.LeastSquares;
import io.oxbow.compute.NearestShape;
import io.oxbow.compute.OpKernel;
import io.oxbow.compute.StepKernel;
import io.oxbow.plan.Activation;
import io.oxbow.plan.Add;
import io.oxbow.plan.AnomalyScore;
import io.oxbow.plan.AverageContrast;
import io.oxbow.plan.CalendarFeatures;
import io.oxbow.plan.CausalConv;
import io.oxbow.plan.ChannelFeatures;
import io.oxbow.plan.Clamp;
import io.oxbow.plan.Denormalizer;
import io.oxbow.plan.DenseRecurrence;
import io.oxbow.plan.DensityEvidence;
import io.oxbow.plan.DiagonalScan;
import io.oxbow.plan.DplrScan;
import io.oxbow.plan.Embedding;
import io.oxbow.plan.EvidenceKinds;
import io.oxbow.plan.EvidencePool;
import io.oxbow.plan.ExtremesEvidence;
import io.oxbow.plan.FlatlineEvidence;
import io.oxbow.plan.ForecastSurprise;
import io.oxbow.plan.Gate;
import io.oxbow.plan.HorizonReadout;
import io.oxbow.plan.LagWindow;
import io.oxbow.plan.LayerNorm;
import io.oxbow.plan.LegsRecurrence;
import io.oxbow.plan.Linear;
import io.oxbow.plan.Maximum;
import io.oxbow.plan.ModalScan;
import io.oxbow.plan.OnlineReadout;
import io.oxbow.plan.RelativeSize;
import io.oxbow.plan.RmsNorm;
import io.oxbow.plan.RunningMean;
import io.oxbow.plan.RunningNormalizer;
import io.oxbow.plan.SelectiveScan;
import io.oxbow.plan.Softmax;
import io.oxbow.plan.SsdScan;
import io.oxbow.plan.StateNovelty;
import io.oxbow.plan.StepOp;
import io.oxbow.plan.StepPlan;
import io.oxbow.plan.SurpriseCalibration;
import io.oxbow.plan.TailEvidence;
import io.oxbow.plan.TimedRecurrence;
import io.oxbow.plan.TrapezoidScan;

/** The readable reference in plain Java. Always available. */
public final class ScalarBackend implements ComputeBackend {

    @Override
    public String name() {
        return "scalar";
    }

    @Override
    public int preference() {
        return 0;
    }

    @Override
    public Availability availability() {
        return new Availability.Available("plain Java on " + System.getProperty("os.arch"));
    }

    @Override
    public StepKernel prepare(StepPlan plan, int maxTokens, int maxStreams) {
        return new HostStepKernel(plan, maxTokens, ScalarBackend::compile);
    }

    /** The reference kernel of one operation; other CPU backends fall back to it. */
    public static OpKernel compile(StepOp op) {
        if (op instanceof Linear linear) {
            return new ScalarLinear(linear);
        }
        if (op instanceof DenseRecurrence recurrence) {
            return new ScalarDenseRecurrence(recurrence);
        }
        if (op instanceof Add add) {
            return ScalarElementwise.add(add);
        }
        if (op instanceof Maximum maximum) {
            return ScalarElementwise.maximum(maximum);
        }
        if (op instanceof Activation activation) {
            return ScalarElementwise.activation(activation);
        }
        if (op instanceof Gate gate) {
            return ScalarElementwise.gate(gate);
        }
        if (op instanceof Clamp clamp) {
            return ScalarElementwise.clamp(clamp);
        }
        if (op instanceof LayerNorm norm) {
            return ScalarNorm.layerNorm(norm);
        }
        if (op instanceof RmsNorm norm) {
            return ScalarNorm.rmsNorm(norm);
        }
        if (op instanceof Softmax softmax) {
            return ScalarNorm.softmax(softmax);
        }
        if (op instanceof RunningMean mean) {
            return new ScalarRunningMean(mean);
        }
        if (op instanceof DiagonalScan scan) {
            return new ScalarDiagonalScan(scan);
        }
        if (op instanceof LegsRecurrence recurrence) {
            return new ScalarLegsRecurrence(recurrence);
        }
        if (op instanceof RunningNormalizer normalizer) {
            return new ScalarRunningNormalizer(normalizer);
        }
        if (op instanceof Denormalizer denormalizer) {
            return new ScalarDenormalizer(denormalizer);
        }
        if (op instanceof LagWindow lags) {
            return new ScalarLagWindow(lags);
        }
        if (op instanceof CalendarFeatures calendar) {
            return new ScalarCalendarFeatures(calendar);
        }
        if (op instanceof ChannelFeatures features) {
            return new ScalarChannelFeatures(features);
        }
        if (op instanceof OnlineReadout readout) {
            return compile(readout, new TriangularCovariance(readout.featureCount()));
        }
        if (op instanceof HorizonReadout readout) {
            return compile(readout, new TriangularCovariance(readout.featureCount()));
        }
        if (op instanceof ForecastSurprise surprise) {
            return new ScalarForecastSurprise(surprise);
        }
        if (op instanceof AverageContrast contrast) {
            return new ScalarAverageContrast(contrast);
        }
        if (op instanceof ExtremesEvidence extremes) {
            return new ScalarExtremesEvidence(extremes);
        }
        if (op instanceof TailEvidence tail) {
            return new ScalarTailEvidence(tail);
        }
        if (op instanceof FlatlineEvidence flatline) {
            return new ScalarFlatlineEvidence(flatline);
        }
        if (op instanceof DensityEvidence density) {
            return new ScalarDensityEvidence(density);
        }
        if (op instanceof EvidenceKinds kinds) {
            return new ScalarEvidenceKinds(kinds);
        }
        if (op instanceof EvidencePool pool) {
            return new ScalarEvidencePool(pool);
        }
        if (op instanceof SurpriseCalibration calibration) {
            return new ScalarSurpriseCalibration(calibration);
        }
        if (op instanceof StateNovelty novelty) {
            return compile(novelty, new ScalarNearestShape());
        }
        if (op instanceof RelativeSize size) {
            return new ScalarRelativeSize(size);
        }
        if (op instanceof AnomalyScore score) {
            return new ScalarAnomalyScore(score);
        }
        if (op instanceof Embedding embedding) {
            return new ScalarEmbedding(embedding);
        }
        if (op instanceof CausalConv conv) {
            return new ScalarCausalConv(conv);
        }
        if (op instanceof SelectiveScan scan) {
            return new ScalarSelectiveScan(scan);
        }
        if (op instanceof SsdScan scan) {
            return new ScalarSsdScan(scan);
        }
        if (op instanceof TrapezoidScan scan) {
            return new ScalarTrapezoidScan(scan);
        }
        if (op instanceof DplrScan scan) {
            return new ScalarDplrScan(scan);
        }
        if (op instanceof ModalScan scan) {
            return new ScalarModalScan(scan);
        }
        if (op instanceof TimedRecurrence recurrence) {
            return new ScalarTimedRecurrence(recurrence);
        }
        throw new IllegalArgumentException("no scalar kernel for " + op.describe());
    }

    /** The readout, its arithmetic given. */
    public static OpKernel compile(OnlineReadout op, LeastSquares covariance) {
        return new ScalarOnlineReadout(op, covariance);
    }

    /** The forecast of many steps, its arithmetic given. */
    public static OpKernel compile(HorizonReadout op, LeastSquares covariance) {
        return new ScalarHorizonReadout(op, covariance);
    }

    /** The novelty of a shape, its distances given. */
    public static OpKernel compile(StateNovelty op, NearestShape nearest) {
        return new ScalarStateNovelty(op, nearest);
    }
}
