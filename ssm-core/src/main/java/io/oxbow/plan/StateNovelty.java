package io.oxbow.plan;

import io.oxbow.model.StateLayout.Dtype;
import io.oxbow.model.StateLayout.Segment;
import java.util.List;

/**
 * How far the present shape of a stream lies from the shapes it has shown before: the distance from
 * the leading coefficients of its memories to the nearest but two of a small sample of their past.
 *
 * <pre>
 * d(x, y)^2 = mean_i (x_i - y_i)^2 / (variance_i + 0.01)
 * </pre>
 *
 * Every {@code every} tokens the present state becomes a candidate; it waits for {@code waiting}
 * further ones, so that a shape is not compared with itself, and then takes a place in the sample
 * with the probability that keeps the sample uniform over the past (algorithm R, Vitter 1985). The
 * draw is a hash of the candidate's number: a replay draws the same. 0 until three are there.
 *
 * @param memories each (channels * order), channel-major
 * @param channels number of channels
 * @param coefficients of each memory that are compared, at most; leading ones
 * @param out (1)
 * @param sample state segment (states, dimensions)
 * @param waiting state segment (candidates, dimensions)
 * @param moments state segment (2, dimensions): means, variances
 * @param steps state segment (1), i64
 * @param every tokens from candidate to candidate
 * @param minWeight weight of a token in the moments once 1 / n is smaller
 */
public record StateNovelty(
        List<Register> memories,
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
        memories = List.copyOf(memories);
        int dimensions = dimensions(memories, channels, coefficients);
        if (out.width() != 1 || every < 1 || sample.length() < 3 * dimensions) {
            throw new IllegalArgumentException(
                    "novelty needs a single output, a distance between candidates and three places;"
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

    /** Numbers in a shape: of each memory and channel its leading coefficients. */
    public static int dimensions(List<Register> memories, int channels, int coefficients) {
        return memories.stream()
                .mapToInt(memory -> Math.min(memory.width(), channels * coefficients))
                .sum();
    }

    public int dimensions() {
        return dimensions(memories, channels, coefficients);
    }

    /** Places in the sample. */
    public int places() {
        return sample.length() / dimensions();
    }

    /** Candidates that wait. */
    public int candidates() {
        return waiting.length() / dimensions();
    }

    @Override
    public long flops() {
        return 4L * sample.length();
    }
}
