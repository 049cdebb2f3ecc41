package io.oxbow.plan;

import io.oxbow.model.StateLayout.Dtype;
import io.oxbow.model.StateLayout.Segment;
import io.oxbow.model.StateRows;

/**
 * A linear forecast of each channel's next value from its present features, learned on the stream
 * by recursive least squares.
 *
 * <pre>
 * prediction = w' phi          phi: features of the token before
 * e          = target - prediction
 * w          = argmin sum_k forgetting^(t-k) (target_k - w' phi_k)^2 + ridge |w|^2
 * scale^2   += g (min(e^2, (huber scale)^2) - scale^2),  g = max(1 / n, 1 - forgetting)
 * surprise   = e / scale       scale before the token
 * </pre>
 *
 * An error past {@code huber} scales moves the weights as one of just that size would. The
 * covariance is kept as P = U D U' with U unit upper triangular, so that it stays positive in 32
 * bits (Bierman 1977, Factorization Methods for Discrete Sequential Estimation, V.3). Forgetting
 * lets the ridge fade too; it is restored one weight a token, which bounds P by the inverse ridge
 * however little the input excites (the persistent form of Gunnarsson 1996, On covariance
 * modification and regularization in recursive least squares identification). Predictions keep
 * within {@code limit}.
 *
 * @param features (channels * features), channel-major, as of this token
 * @param target (channels)
 * @param prediction (channels), made before the token was seen
 * @param error (channels): e
 * @param surprise (channels): e in its own scales
 * @param weights state segment (channels, features)
 * @param covariance state segment (channels, features (features + 1) / 2): per channel the columns
 *     of U above its diagonal, each followed by its element of D
 * @param last state segment (channels, features): features of the token before
 * @param scale state segment (channels)
 * @param steps state segment (1), i64
 * @param forgetting weight of a token relative to the next, in (0, 1)
 * @param ridge positive
 * @param huber in scales
 * @param limit largest prediction
 */
public record OnlineReadout(
        Register features,
        Register target,
        Register prediction,
        Register error,
        Register surprise,
        Segment weights,
        Segment covariance,
        Segment last,
        Segment scale,
        Segment steps,
        double forgetting,
        double ridge,
        double huber,
        float limit)
        implements StepOp {
    public OnlineReadout {
        Shapes.same(target, prediction, error, surprise);
        Shapes.multiple(features, target);
        int d = features.width() / target.width();
        Shapes.holds(weights, Dtype.F32, features.width());
        Shapes.holds(covariance, Dtype.F32, target.width() * packedLength(d));
        Shapes.holds(last, Dtype.F32, features.width());
        Shapes.holds(scale, Dtype.F32, target.width());
        Shapes.holds(steps, Dtype.I64, 1);
        Shapes.within("forgetting", forgetting, 0, 1);
        Shapes.within("ridge", ridge, 0, 1e12);
        Shapes.within("huber", huber, 0, 1e6);
        Shapes.within("limit", limit, 0, 1e6);
    }

    /** Floats of the packed covariance of {@code features} weights. */
    public static int packedLength(int features) {
        return features * (features + 1) / 2;
    }

    /** Length of one channel's feature vector. */
    public int featureCount() {
        return features.width() / target.width();
    }

    /** Writes the state before the first token: covariance {@code I / ridge}, scale 1. */
    public void initialise(StateRows row) {
        int d = featureCount();
        for (int c = 0; c < target.width(); c++) {
            int at = covariance.offset() + c * packedLength(d);
            for (int j = 0; j < d; j++) {
                row.floats()[at + packedLength(j) + j] = (float) (1 / ridge);
            }
            row.floats()[scale.offset() + c] = 1;
        }
    }
}
