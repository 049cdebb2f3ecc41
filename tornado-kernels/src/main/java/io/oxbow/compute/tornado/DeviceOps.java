package io.oxbow.compute.tornado;

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
import io.oxbow.plan.SurpriseCalibration;
import io.oxbow.plan.TailEvidence;
import io.oxbow.plan.TimedRecurrence;
import io.oxbow.plan.TrapezoidScan;
import java.util.Optional;

/** The device kernels of each operation. */
final class DeviceOps {

    private DeviceOps() {}

    /** Empty where {@code op} has no kernel. */
    static Optional<DeviceOp> find(StepOp op) {
        return Optional.ofNullable(
                switch (op) {
                    case Linear linear -> new DeviceLinear(linear);
                    case Add add -> DeviceElementwise.add(add);
                    case Maximum maximum -> DeviceElementwise.maximum(maximum);
                    case Activation activation -> DeviceElementwise.activation(activation);
                    case Gate gate -> DeviceElementwise.gate(gate);
                    case Clamp clamp -> DeviceElementwise.clamp(clamp);
                    case Embedding embedding -> DeviceElementwise.embedding(embedding);
                    case LayerNorm norm -> DeviceNorm.layerNorm(norm);
                    case RmsNorm norm -> DeviceNorm.rmsNorm(norm);
                    case Softmax softmax -> DeviceNorm.softmax(softmax);
                    case CausalConv conv -> new DeviceCausalConv(conv);
                    case SelectiveScan scan -> DeviceSelectiveScan.selective(scan);
                    case SsdScan scan -> DeviceSelectiveScan.ssd(scan);
                    case TrapezoidScan scan -> new DeviceTrapezoidScan(scan);
                    case DiagonalScan scan -> DeviceDiagonalScan.diagonal(scan);
                    case DplrScan scan -> DeviceDiagonalScan.dplr(scan);
                    case ModalScan scan -> new DeviceModalScan(scan);
                    case DenseRecurrence recurrence -> DeviceRecurrence.dense(recurrence);
                    case TimedRecurrence recurrence -> DeviceRecurrence.timed(recurrence);
                    case LegsRecurrence recurrence -> new DeviceLegs(recurrence);
                    case RunningMean mean -> DeviceAverages.runningMean(mean);
                    case ForecastSurprise surprise -> new DeviceForecastSurprise(surprise);
                    case AverageContrast contrast -> DeviceAverages.contrast(contrast);
                    case LagWindow lags -> DeviceAverages.lags(lags);
                    case RunningNormalizer normalizer -> DeviceNormalizer.normalizer(normalizer);
                    case Denormalizer denormalizer -> DeviceNormalizer.denormalizer(denormalizer);
                    case CalendarFeatures calendar -> DeviceFeatures.calendar(calendar);
                    case ChannelFeatures features -> DeviceFeatures.channels(features);
                    case OnlineReadout readout -> new DeviceReadout(readout);
                    case HorizonReadout readout -> new DeviceHorizonReadout(readout);
                    case ExtremesEvidence extremes -> DeviceEvidence.extremes(extremes);
                    case TailEvidence tail -> DeviceEvidence.tail(tail);
                    case FlatlineEvidence flatline -> DeviceCoarseEvidence.flatline(flatline);
                    case DensityEvidence density -> DeviceCoarseEvidence.density(density);
                    case EvidenceKinds kinds -> new DeviceEvidenceKinds(kinds);
                    case EvidencePool pool -> new DeviceEvidencePool(pool);
                    case RelativeSize size -> new DeviceRelativeSize(size);
                    case StateNovelty novelty -> new DeviceNovelty(novelty);
                    case AnomalyScore score -> new DeviceScore(score);
                    case SurpriseCalibration calibration -> new DeviceCalibration(calibration);
                    default -> null;
                });
    }
}
