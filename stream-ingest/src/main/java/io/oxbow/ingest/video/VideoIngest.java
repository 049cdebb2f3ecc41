package io.oxbow.ingest.video;

import io.oxbow.encode.video.FrameEncoder;
import io.oxbow.ingest.EventSink;
import io.oxbow.ingest.FeatureEvents;
import io.oxbow.ingest.Ingest;
import io.oxbow.ingest.IngestProgress;
import io.oxbow.ingest.Pace;
import io.oxbow.ingest.ProgressMeter;
import io.oxbow.ingest.Rate;
import io.oxbow.ingest.SourceException;
import io.oxbow.kafka.event.ClockSource;
import io.oxbow.kafka.event.Features;
import io.oxbow.kafka.event.Frame;
import io.oxbow.kafka.event.Health;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Reads a video or a camera, encodes its pictures and writes their features, and the pictures only
 * where asked. A file that is read as fast as it goes is encoded in batches, where the encoder
 * takes any. A camera that is lost is called again, with growing pauses, until told to stop; its
 * stream goes on with the next number.
 */
public final class VideoIngest implements Ingest {
    private static final long FIRST_PAUSE_MILLIS = 1000;
    private static final long LONGEST_PAUSE_MILLIS = 30_000;

    private final VideoIngestSettings settings;
    private final EventSink sink;
    private final boolean network;
    private final Pace pace;
    private final ProgressMeter meter;
    private final Consumer<String> notes;
    private final FrameEncoder encoder;
    private final FeatureEvents events;
    private final JpegPictures pictures = new JpegPictures();
    private final float[] vectors;
    private final long[] times;
    private final Health[] healths;
    private int waiting;
    private volatile VideoDecoder reading;

    /**
     * @param encoder of this stream alone
     * @param progress called once a second
     * @param notes called with a sentence when a camera is lost or a picture is too large
     */
    public VideoIngest(
            VideoIngestSettings settings,
            FrameEncoder encoder,
            EventSink sink,
            Consumer<IngestProgress> progress,
            Consumer<String> notes) {
        this.settings = settings;
        this.encoder = encoder;
        this.sink = sink;
        this.notes = notes;
        this.network = VideoDecoder.isAddress(settings.source());
        this.pace = new Pace(network ? Rate.MAX : settings.stream().rate());
        this.meter = new ProgressMeter(progress);
        // A picture that comes at its time goes at once; one that is kept goes with its features.
        boolean waits = !network && settings.stream().rate() == Rate.MAX && !settings.keepsFrames();
        int batch = waits ? encoder.capacity() : 1;
        this.vectors = new float[batch * encoder.dim()];
        this.times = new long[batch];
        this.healths = new Health[batch];
        ClockSource clock = network ? ClockSource.INGEST : ClockSource.MEDIA;
        this.events = new FeatureEvents(settings.stream(), encoder, clock);
    }

    @Override
    public IngestProgress run() throws IOException {
        if (network) {
            readCamera();
        } else {
            readFile();
        }
        sink.flush();
        return meter.progress();
    }

    @Override
    public void stop() {
        pace.stop();
        VideoDecoder decoder = reading;
        if (decoder != null) {
            decoder.interrupt();
        }
    }

    private void readFile() throws IOException {
        long begin = Long.MIN_VALUE;
        do {
            try (VideoDecoder decoder = open()) {
                if (begin == Long.MIN_VALUE) {
                    begin = begin(decoder);
                }
                long before = meter.events();
                try {
                    readRound(decoder, begin);
                } finally {
                    writeWaiting();
                }
                meter.skipped(decoder.brokenFrames());
                if (meter.events() == before) {
                    return;
                }
                begin = meter.lastEventTime() + Math.round(1000 / decoder.framesPerSecond());
            }
        } while (settings.loop() && !pace.isStopped());
    }

    private void readRound(VideoDecoder decoder, long begin) throws IOException {
        while (decoder.next()) {
            long eventTime = begin + decoder.timeMicros() / 1000;
            if (!pace.await(eventTime)) {
                return;
            }
            write(decoder, eventTime);
        }
    }

    private long begin(VideoDecoder decoder) {
        if (settings.startMillis().isPresent()) {
            return settings.startMillis().getAsLong();
        }
        long now = System.currentTimeMillis();
        return settings.stream().rate() == Rate.REAL ? now : now - decoder.durationMillis();
    }

    private void readCamera() throws IOException {
        long pause = FIRST_PAUSE_MILLIS;
        boolean everOpened = false;
        while (!pace.isStopped()) {
            long before = meter.events();
            try (VideoDecoder decoder = open()) {
                everOpened = true;
                readUntilLost(decoder);
            } catch (SourceException e) {
                if (!everOpened) {
                    throw e;
                }
                notes.accept(e.getMessage());
            }
            pause = meter.events() > before ? FIRST_PAUSE_MILLIS : pause;
            if (pace.isStopped() || pace.sleepMillis(pause)) {
                return;
            }
            pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
        }
    }

    private void readUntilLost(VideoDecoder decoder) throws IOException {
        try {
            while (!pace.isStopped() && decoder.next()) {
                write(decoder, Math.max(meter.lastEventTime() + 1, System.currentTimeMillis()));
            }
        } finally {
            meter.skipped(decoder.brokenFrames());
        }
    }

    private VideoDecoder open() throws SourceException {
        VideoDecoder decoder = VideoDecoder.open(settings.source(), settings.video());
        reading = decoder;
        if (pace.isStopped()) {
            decoder.interrupt();
        }
        return decoder;
    }

    private void write(VideoDecoder decoder, long eventTime) throws IOException {
        encoder.take(decoder.frame(), eventTime);
        times[waiting] = eventTime;
        healths[waiting] = Health.valueOf(encoder.health().name());
        waiting++;
        if (waiting == times.length) {
            Features latest = writeWaiting();
            if (settings.keepsFrames()) {
                writePicture(decoder, latest);
            }
        }
    }

    /** The event of the latest picture that waited; null if none did. */
    private Features writeWaiting() throws IOException {
        encoder.encodeTaken(vectors, 0);
        int count = waiting;
        waiting = 0;
        Features latest = null;
        for (int i = 0; i < count; i++) {
            latest = events.next(times[i], vectors, i * encoder.dim(), healths[i]);
            sink.features(latest);
            meter.wrote(times[i], (long) encoder.dim() * Float.BYTES);
        }
        return latest;
    }

    private void writePicture(VideoDecoder decoder, Features features) throws IOException {
        Optional<byte[]> jpeg = pictures.encode(decoder.frame());
        if (jpeg.isEmpty()) {
            notes.accept(
                    "Left out a picture of %d x %d that needs more than %d KiB."
                            .formatted(
                                    decoder.frame().width(),
                                    decoder.frame().height(),
                                    JpegPictures.MAX_BYTES / 1024));
            return;
        }
        sink.frame(
                new Frame(
                        features.getStreamId(),
                        features.getEpoch(),
                        features.getSeq(),
                        features.getEventTime(),
                        features.getClockSource(),
                        features.getIngestTime(),
                        decoder.frame().width(),
                        decoder.frame().height(),
                        "jpeg",
                        ByteBuffer.wrap(jpeg.get()),
                        null,
                        features.getHealth()));
        meter.addBytes(jpeg.get().length);
    }
}
