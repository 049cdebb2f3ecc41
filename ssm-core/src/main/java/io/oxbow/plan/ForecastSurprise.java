package io.oxbow.plan;

import io.oxbow.model.StateLayout.Dtype;
import io.oxbow.model.StateLayout.Segment;
import io.oxbow.model.StateRows;

/**
 * How far each channel's value lies from its forecast, in standard errors of the forecast.
 *
 * <pre>
 * e        = (x - forecast) / deviation
 * out      = e / max(scale, 0.01)                         scale before the token
 * scale^2 += g (min(e^2, (huber scale)^2) - scale^2),     g = max(1 / n, minWeight)
 * </pre>
 *
 * Unlike the error that the readout learns from, whose target is bent into a range, this one is as
 * large as the value was far. An error of less than a hundredth of the channel's deviation is no
 * news on any stream. A token without a forecast has none.
 *
 * @param in (channels): x
 * @param forecast (channels), in units of the input, or NaN
 * @param deviation (channels), positive
 * @param out (channels), within 1e11
 * @param scale state segment (channels)
 * @param steps state segment (1), i64
 * @param huber in scales
 * @param minWeight weight of a token once 1 / n is smaller
 */
public record ForecastSurprise(
        Register in,
        Register forecast,
        Register deviation,
        Register out,
        Segment scale,
        Segment steps,
        double huber,
        double minWeight)
        implements StepOp {
    public ForecastSurprise {
        Shapes.same(in, forecast, deviation, out);
        Shapes.holds(scale, Dtype.F32, in.width());
        Shapes.holds(steps, Dtype.I64, 1);
        Shapes.within("huber", huber, 0, 1e6);
        Shapes.within("minWeight", minWeight, 0, 1);
    }

    /** Writes the state before the first token: scale 1. */
    public void initialise(StateRows row) {
        for (int c = 0; c < in.width(); c++) {
            row.floats()[scale.offset() + c] = 1;
        }
    }
}
