package io.oxbow.jobs.demo;

import io.oxbow.encode.video.FrameEncoder;
import io.oxbow.flink.event.Observation;
import io.oxbow.ingest.SourceException;
import io.oxbow.ingest.video.VideoDecoder;
import io.oxbow.ingest.video.VideoOptions;

/** A video file played again and again; its time goes on from one round to the next. */
final class LoopedVideo implements Camera {
    private final String file;
    private final VideoOptions options;
    private final FeatureEncoding encoding;
    private VideoDecoder decoder;
    private long roundStartMillis;
    private long lastMillis;
    private boolean roundHasPictures;

    /**
     * @param startMillis event time of the first picture
     * @throws SourceException if it cannot be played
     */
    LoopedVideo(
            String streamId,
            FrameEncoder encoder,
            String file,
            VideoOptions options,
            long startMillis)
            throws SourceException {
        this.file = file;
        this.options = options;
        this.encoding = new FeatureEncoding(streamId, encoder);
        this.decoder = VideoDecoder.open(file, options);
        this.roundStartMillis = startMillis;
        this.lastMillis = startMillis;
    }

    /** Pictures a second of the video's own time. */
    double picturesPerSecond() {
        return Math.min(decoder.framesPerSecond(), options.maxFramesPerSecond());
    }

    @Override
    public Observation next() throws SourceException {
        while (!decoder.next()) {
            rewind();
        }
        roundHasPictures = true;
        lastMillis = roundStartMillis + decoder.timeMicros() / 1000;
        return encoding.encode(decoder.frame(), lastMillis);
    }

    @Override
    public void close() {
        decoder.close();
    }

    private void rewind() throws SourceException {
        if (!roundHasPictures) {
            throw new SourceException(file + " holds no picture that can be decoded.");
        }
        long gapMillis = Math.max(1, Math.round(1000 / picturesPerSecond()));
        decoder.close();
        decoder = VideoDecoder.open(file, options);
        roundStartMillis = lastMillis + gapMillis;
        roundHasPictures = false;
    }
}
