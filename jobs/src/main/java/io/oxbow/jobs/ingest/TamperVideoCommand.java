package io.oxbow.jobs.ingest;

import io.oxbow.encode.video.LumaMotionEncoder;
import io.oxbow.encode.video.TamperInterval;
import io.oxbow.encode.video.TamperIntervals;
import io.oxbow.ingest.video.VideoDecoder;
import io.oxbow.jobs.cli.OutputOptions;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Finds where a video's picture was not itself. */
@Command(
        name = "video",
        description = {
            "Find where a video is covered, defocused, moved, at night, frozen or offline.",
            "Prints an interval a line: its kind, its first and its end second, and the frames;"
                    + " the end is exclusive. 'unknown' means that something changed and the"
                    + " picture is too bare to say what. 'night' is a change, not a fault."
                    + " 'offline' is a stretch without frames."
        })
final class TamperVideoCommand implements Callable<Integer> {
    private static final double MILLIS = 1000;

    @Mixin private OutputOptions output;
    @Mixin private VideoArguments video;

    @Parameters(paramLabel = "FILE", description = "The video.")
    private String file;

    /**
     * An interval as printed.
     *
     * @param from seconds from the video's first frame
     * @param to exclusive
     * @param toFrame exclusive
     */
    record Found(String kind, double from, double to, long fromFrame, long toFrame) {}

    @Override
    public Integer call() throws Exception {
        List<TamperInterval> intervals = find();
        for (TamperInterval interval : intervals) {
            Found found = found(interval);
            output.result(
                    found,
                    "%-10s %8.1f s to %8.1f s   frames %d to %d"
                            .formatted(
                                    found.kind(),
                                    found.from(),
                                    found.to(),
                                    found.fromFrame(),
                                    found.toFrame() - 1));
        }
        if (intervals.isEmpty()) {
            output.textOnly("Nothing found.");
        }
        return 0;
    }

    private List<TamperInterval> find() throws Exception {
        LumaMotionEncoder encoder = new LumaMotionEncoder();
        TamperIntervals intervals = new TamperIntervals();
        float[] features = new float[LumaMotionEncoder.DIM];
        try (VideoDecoder decoder = VideoDecoder.open(file, video.options())) {
            while (decoder.next()) {
                long millis = decoder.timeMicros() / 1000;
                encoder.encode(decoder.frame(), millis, features, 0);
                intervals.add(
                        decoder.frameIndex(),
                        millis,
                        encoder.health(),
                        encoder.healthSinceMillis());
            }
            if (decoder.brokenFrames() > 0) {
                output.note("%d frames are damaged.".formatted(decoder.brokenFrames()));
            }
        }
        return intervals.intervals();
    }

    private static Found found(TamperInterval interval) {
        return new Found(
                interval.kind().name().toLowerCase(Locale.ROOT),
                interval.fromMillis() / MILLIS,
                interval.toMillis() / MILLIS,
                interval.fromFrame(),
                interval.toFrame());
    }
}
