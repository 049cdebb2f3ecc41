package io.oxbow.jobs.demo;

import io.oxbow.flink.OxbowOptions;
import io.oxbow.flink.summary.SummaryOptions;
import io.oxbow.ingest.SourceException;
import io.oxbow.ingest.video.VideoOptions;
import io.oxbow.jobs.encoding.FrameEncoders;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.configuration.Configuration;

/** One video, played in a loop by every camera. */
record VideoFile(Path file, int cameras, PlaybackRate rate) implements DemoSource {

    @Override
    public FeedSet open(FrameEncoders encoders) throws SourceException {
        long start = System.currentTimeMillis();
        List<LoopedVideo> feeds = new ArrayList<>();
        try {
            for (int number = 1; number <= cameras; number++) {
                feeds.add(
                        new LoopedVideo(
                                "video-" + number,
                                encoders.create(),
                                file.toString(),
                                VideoOptions.standard(),
                                start));
            }
        } catch (SourceException e) {
            feeds.forEach(LoopedVideo::close);
            throw e;
        }
        Configuration options = new Configuration();
        options.set(OxbowOptions.MODEL_INPUT_DIM, encoders.dim());
        options.set(SummaryOptions.WINDOW, List.of(Duration.ofSeconds(5), Duration.ofMinutes(1)));
        return new FeedSet(
                List.copyOf(feeds),
                feeds.get(0).picturesPerSecond() * rate.factor(),
                options,
                file.getFileName()
                        + " in a loop on "
                        + cameras
                        + (cameras == 1 ? " camera" : " cameras"));
    }
}
