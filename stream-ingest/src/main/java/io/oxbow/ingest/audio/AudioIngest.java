package io.oxbow.ingest.audio;

import io.oxbow.encode.audio.LogMelEncoder;
import io.oxbow.ingest.EventSink;
import io.oxbow.ingest.FeatureEvents;
import io.oxbow.ingest.Ingest;
import io.oxbow.ingest.IngestProgress;
import io.oxbow.ingest.Pace;
import io.oxbow.ingest.ProgressMeter;
import io.oxbow.ingest.Rate;
import io.oxbow.ingest.SourceException;
import io.oxbow.kafka.event.ClockSource;
import io.oxbow.kafka.event.Health;
import java.io.IOException;
import java.util.function.Consumer;

/**
 * Reads a sound file and writes the features of one chunk after another; the time of a chunk is
 * that of its first sample. A last piece shorter than a chunk is left out.
 */
public final class AudioIngest implements Ingest {
    private final AudioIngestSettings settings;
    private final EventSink sink;
    private final Pace pace;
    private final ProgressMeter meter;

    /**
     * @param progress called once a second
     */
    public AudioIngest(
            AudioIngestSettings settings, EventSink sink, Consumer<IngestProgress> progress) {
        this.settings = settings;
        this.sink = sink;
        this.pace = new Pace(settings.stream().rate());
        this.meter = new ProgressMeter(progress);
    }

    /**
     * Reads the first chunk, to know of trouble early.
     *
     * @throws SourceException if there is none
     */
    public static void requireSound(AudioIngestSettings settings) throws IOException {
        try (WavReader reader = WavReader.open(settings.source())) {
            int rate = encoder(settings, reader).sampleRate();
            int count = samples(settings, rate);
            int got = reader.read(new float[count], count);
            if (got < count) {
                throw new SourceException(nothing(settings, got * 1000L / rate));
            }
        }
    }

    private static int samples(AudioIngestSettings settings, int rate) {
        return (int) (rate * settings.chunk().toMillis() / 1000);
    }

    @Override
    public IngestProgress run() throws IOException {
        try (WavReader reader = WavReader.open(settings.source())) {
            LogMelEncoder encoder = encoder(settings, reader);
            FeatureEvents events = new FeatureEvents(settings.stream(), encoder, ClockSource.MEDIA);
            int count = samples(settings, encoder.sampleRate());
            float[] samples = new float[count];
            float[] vector = new float[LogMelEncoder.DIM];
            long begin = begin(reader);
            long read = 0;
            int got = 0;
            while (!pace.isStopped() && (got = reader.read(samples, count)) == count) {
                long eventTime = begin + read * 1000 / encoder.sampleRate();
                read += count;
                if (!pace.await(eventTime)) {
                    break;
                }
                encoder.encode(samples, 0, count, vector, 0);
                sink.features(events.next(eventTime, vector, 0, Health.OK));
                meter.wrote(eventTime, (long) vector.length * Float.BYTES);
            }
            if (meter.events() == 0 && !pace.isStopped()) {
                throw new SourceException(nothing(settings, got * 1000L / encoder.sampleRate()));
            }
        }
        sink.flush();
        return meter.progress();
    }

    @Override
    public void stop() {
        pace.stop();
    }

    private static LogMelEncoder encoder(AudioIngestSettings settings, WavReader reader)
            throws SourceException {
        try {
            return new LogMelEncoder(reader.sampleRate());
        } catch (IllegalArgumentException e) {
            throw new SourceException(settings.source() + ": " + e.getMessage() + ".", e);
        }
    }

    private static String nothing(AudioIngestSettings settings, long millis) {
        return millis == 0
                ? settings.source() + " holds no sound."
                : "%s lasts %d ms, less than a chunk of %d ms; set --chunk to less."
                        .formatted(settings.source(), millis, settings.chunk().toMillis());
    }

    private long begin(WavReader reader) {
        if (settings.startMillis().isPresent()) {
            return settings.startMillis().getAsLong();
        }
        long now = System.currentTimeMillis();
        return settings.stream().rate() == Rate.REAL ? now : now - reader.durationMillis();
    }
}
