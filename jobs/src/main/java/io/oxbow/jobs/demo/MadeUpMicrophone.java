package io.oxbow.jobs.demo;

import io.oxbow.encode.audio.LogMelEncoder;
import io.oxbow.flink.event.Health;
import io.oxbow.flink.event.Observation;
import io.oxbow.flink.event.Origin;
import io.oxbow.kafka.EventMappings;
import io.oxbow.kafka.EventProducer;
import java.io.IOException;
import java.util.SplittableRandom;

/** A microphone by a machine: a hum, noise, and for two seconds now and then a whistle. */
final class MadeUpMicrophone implements Feed {
    private static final int RATE = 8000;
    private static final int CHUNK = (int) (RATE * RenderedCamera.STEP_MILLIS / 1000);
    private static final int WHISTLE_CHUNKS = 5;
    private static final int WHISTLE_EVERY = 1500;

    private final long epoch = System.currentTimeMillis();
    private final LogMelEncoder encoder = new LogMelEncoder(RATE);
    private final SplittableRandom random = new SplittableRandom(1);
    private final float[] samples = new float[CHUNK];
    private long timeMillis;
    private long seq;

    MadeUpMicrophone(long startMillis) {
        this.timeMillis = startMillis;
    }

    @Override
    public int send(EventProducer producer) throws IOException {
        boolean whistles = seq % WHISTLE_EVERY >= WHISTLE_EVERY - WHISTLE_CHUNKS;
        for (int i = 0; i < CHUNK; i++) {
            double seconds = (seq * CHUNK + i) / (double) RATE;
            double sound = 0.1 * Math.sin(2 * Math.PI * 100 * seconds);
            sound += 0.02 * (random.nextDouble() - 0.5);
            sound += whistles ? 0.4 * Math.sin(2 * Math.PI * 2200 * seconds) : 0;
            samples[i] = (float) sound;
        }
        float[] features = new float[LogMelEncoder.DIM];
        encoder.encode(samples, 0, CHUNK, features, 0);
        producer.send(
                EventMappings.OBSERVATION,
                new Observation(
                        "microphone",
                        epoch,
                        seq++,
                        timeMillis,
                        System.currentTimeMillis(),
                        encoder.hash(),
                        features,
                        Health.OK,
                        Origin.NONE));
        timeMillis += RenderedCamera.STEP_MILLIS;
        return 1;
    }

    @Override
    public void close() {
        // Nothing is held open.
    }
}
