package io.oxbow.examples;

import io.oxbow.encode.Encoder;
import io.oxbow.encode.EncoderIdentity;
import io.oxbow.flink.event.Health;
import io.oxbow.flink.event.Observation;
import io.oxbow.flink.event.Origin;
import io.oxbow.kafka.EventMappings;
import io.oxbow.kafka.EventProducer;
import java.io.IOException;
import org.apache.flink.configuration.ReadableConfig;

/**
 * An encoder of one's own: raw signals become vectors outside the job, and travel on the topic
 * {@code oxbow.features}. This one describes a second of vibration by its level, its sharpness and
 * how often it crosses zero.
 */
public final class OwnEncoder implements Encoder {
    @Override
    public String id() {
        return "vibration-3.v1";
    }

    @Override
    public long hash() {
        return EncoderIdentity.hashOf(id());
    }

    @Override
    public int dim() {
        return 3;
    }

    @Override
    public int activityChannel() {
        return 0;
    }

    /** The vector of a window of samples. */
    float[] encode(float[] samples) {
        double square = 0;
        double peak = 0;
        int crossings = 0;
        for (int i = 0; i < samples.length; i++) {
            square += samples[i] * samples[i];
            peak = Math.max(peak, Math.abs(samples[i]));
            crossings += i > 0 && samples[i] > 0 != samples[i - 1] > 0 ? 1 : 0;
        }
        double level = Math.sqrt(square / samples.length);
        return new float[] {
            (float) level,
            (float) (peak / Math.max(level, 1e-6)),
            crossings / (float) samples.length
        };
    }

    /**
     * Sends windows of samples of one machine, a second apart. The job that reads them runs with
     * {@code -D oxbow.model.input-dim=3 -D oxbow.output.activity-channel=0}.
     */
    static void send(String machine, float[][] windows, long startMillis, ReadableConfig options)
            throws IOException {
        OwnEncoder encoder = new OwnEncoder();
        long epoch = System.currentTimeMillis();
        try (EventProducer producer = new EventProducer(options)) {
            for (int i = 0; i < windows.length; i++) {
                producer.send(
                        EventMappings.OBSERVATION,
                        new Observation(
                                machine,
                                epoch,
                                i,
                                startMillis + 1_000L * i,
                                System.currentTimeMillis(),
                                encoder.hash(),
                                encoder.encode(windows[i]),
                                Health.OK,
                                Origin.NONE));
            }
        }
    }
}
