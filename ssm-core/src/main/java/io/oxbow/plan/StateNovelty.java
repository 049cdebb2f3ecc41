package io.oxbow.plan;

import io.oxbow.model.StateLayout.Dtype;
import io.oxbow.model.StateLayout.Segment;

/**
 * How far the present shape of a stream lies from the shapes it has shown before: the distance from
 * the leading coefficients of a memory to the nearest of a small sample of their past.
 *
 * <pre>
 * d(x, y)^2 = mean_i (x_i - y_i)^2 / (variance_i + 0.001)
 * </pre>
 *
 * Every {@code every} tokens the present state becomes a candidate; it waits for as many further
 * ones as have room to wait, so that a shape is not compared with itself and what has just begun
 * does not count as usual. Then it takes a free place in the sample; when all are taken, it is let
 * in with the probability that would keep the sample uniform over the past (algorithm R, Vitter
 * 1985), in the place of one of the two that lie closest together: the sample covers what there was
 * and does not repeat what there often was. The draws are hashes of the candidate's number: a
 * replay draws the same. 0 until one is there.
 *
 * @param memory (channels * order), channel-major
 * @param channels number of channels
 * @param coefficients that are compared, at most; leading ones
 * @param out (1)
 * @param sample state segment (states, dimensions)
 * @param waiting state segment (candidates, dimensions)
 * @param moments state segment (2, dimensions): means, variances
 * @param steps state segment (1), i64
 * @param every tokens from candidate to candidate
 * @param minWeight weight of a token in the moments once 1 / n is smaller
 */
public record StateNovelty(
        Register memory,
        int channels,
        int coefficients,
        Register out,
        Segment sample,
        Segment waiting,
        Segment moments,
        Segment steps,
        int every,
        double minWeight)
        implements StepOp {
    public StateNovelty {
        int dimensions = dimensions(memory, channels, coefficients);
        if (out.width() != 1 || every < 1 || sample.length() < 2 * dimensions) {
            throw new IllegalArgumentException(
                    "novelty needs a single output, a distance between candidates and two places;"
                            + " it was given "
                            + out
                            + ", "
                            + every
                            + ", "
                            + sample);
        }
        Shapes.holds(sample, Dtype.F32, sample.length() / dimensions * dimensions);
        Shapes.holds(waiting, Dtype.F32, waiting.length() / dimensions * dimensions);
        Shapes.holds(moments, Dtype.F32, 2 * dimensions);
        Shapes.holds(steps, Dtype.I64, 1);
        Shapes.within("minWeight", minWeight, 0, 1);
    }

    /** Numbers in a shape: of each channel the leading coefficients. */
    public static int dimensions(Register memory, int channels, int coefficients) {
        return Math.min(memory.width(), channels * coefficients);
    }

    public int dimensions() {
        return dimensions(memory, channels, coefficients);
    }

    /** Candidates that wait. */
    public int candidates() {
        return waiting.length() / dimensions();
    }

    /** Places in the sample. */
    public int places() {
        return sample.length() / dimensions();
    }

    @Override
    public long flops() {
        return 4L * sample.length();
    }
}
