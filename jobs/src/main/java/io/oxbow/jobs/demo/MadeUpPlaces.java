package io.oxbow.jobs.demo;

import io.oxbow.encode.video.LumaMotionEncoder;
import io.oxbow.flink.OxbowOptions;
import io.oxbow.flink.summary.SummaryOptions;
import io.oxbow.jobs.JobOptions;
import io.oxbow.jobs.encoding.FrameEncoders;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.configuration.Configuration;

/**
 * Cameras over made-up places, from half past four yesterday afternoon (UTC), while they are busy.
 *
 * @param allKinds whether a microphone and a sensor come with them
 */
record MadeUpPlaces(int cameras, boolean allKinds) implements DemoSource {
    private static final double PER_SECOND = 100;

    @Override
    public FeedSet open(FrameEncoders encoders) {
        long start =
                Instant.now()
                        .truncatedTo(ChronoUnit.DAYS)
                        .minus(Duration.ofHours(24 - 16))
                        .plus(Duration.ofMinutes(30))
                        .toEpochMilli();
        List<Feed> feeds = new ArrayList<>();
        for (int number = 1; number <= cameras; number++) {
            feeds.add(new RenderedCamera(number, encoders.create(), start));
        }
        if (allKinds) {
            feeds.add(new MadeUpMicrophone(start));
            feeds.add(new MadeUpSensor(start));
        }
        Configuration options = new Configuration();
        // A microphone's vectors and a plant's readings are shorter than a camera's, as a rule.
        options.set(
                OxbowOptions.MODEL_INPUT_DIM,
                allKinds ? Math.max(encoders.dim(), LumaMotionEncoder.DIM) : encoders.dim());
        options.set(JobOptions.PAD_VECTORS, allKinds);
        options.set(SummaryOptions.WINDOW, List.of(Duration.ofMinutes(2), Duration.ofMinutes(10)));
        long pace = Math.round(PER_SECOND * RenderedCamera.STEP_MILLIS / 1000);
        return new FeedSet(
                feeds,
                PER_SECOND,
                options,
                "%d made-up places%s, where %d seconds pass in one of ours"
                        .formatted(cameras, allKinds ? ", a microphone and a sensor" : "", pace));
    }
}
