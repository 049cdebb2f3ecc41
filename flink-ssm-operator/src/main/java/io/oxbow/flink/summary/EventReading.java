package io.oxbow.flink.summary;

import io.oxbow.flink.event.Inference;
import java.util.List;

/**
 * Reads the value of each remembered curve off an event. A curve without a channel, since the
 * stream has fewer, is 0. One per thread; allocates only when the encoder changes.
 */
final class EventReading {
    private final SummarySettings settings;
    private final float[] values;
    private int[] channels = {};
    private long encoderHash;
    private int inputDim = -1;

    EventReading(SummarySettings settings, MemoryPlan plan) {
        this.settings = settings;
        this.values = new float[plan.curves()];
    }

    /** One value of each curve; the same array every time. */
    float[] of(Inference event) {
        float[] input = event.values();
        if (event.encoderHash() != encoderHash || input.length != inputDim) {
            choose(event.encoderHash(), input.length);
        }
        values[MemoryPlan.ACTIVITY] = finite(event.activity());
        values[MemoryPlan.NOVELTY] = finite(event.score());
        for (int c = 0; c < channels.length; c++) {
            values[MemoryPlan.CHANNELS + c] = finite(input[channels[c]]);
        }
        return values;
    }

    private void choose(long hash, int dim) {
        encoderHash = hash;
        inputDim = dim;
        List<Integer> chosen = settings.channelsOf(settings.meanings().of(hash), dim);
        channels = chosen.stream().mapToInt(Integer::intValue).toArray();
        for (int c = channels.length; c < settings.channelCurves(); c++) {
            values[MemoryPlan.CHANNELS + c] = 0;
        }
    }

    private static float finite(float value) {
        return Float.isFinite(value) ? value : 0;
    }
}
