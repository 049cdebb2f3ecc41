package io.oxbow.jobs.ingest;

import io.oxbow.encode.video.FrameEncoder;
import io.oxbow.ingest.SourceFiles;
import io.oxbow.ingest.video.VideoDecoder;
import io.oxbow.jobs.JobConfiguration;
import io.oxbow.jobs.KnownOptions;
import io.oxbow.jobs.cli.OutputFile;
import io.oxbow.jobs.cli.OutputOptions;
import io.oxbow.jobs.encoding.FrameEncoders;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.apache.flink.configuration.Configuration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes the features of a video's frames to a file. */
@Command(
        name = "video",
        description = {
            "Encode a video and write its features, a row a frame: with LumaMotion-64, or with the image"
                    + " model that -D oxbow.encoder.model names.",
            "The columns are time, seconds from the first frame, and f0, f1 and so on. A name that ends"
                    + " in .jsonl makes it a JSON object a line, {\"time\", \"features\"}."
        })
final class EncodeVideoCommand implements Callable<Integer> {
    @Mixin private OutputOptions output;
    @Mixin private VideoArguments video;

    @Parameters(paramLabel = "FILE", description = "The video.")
    private String file;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "FILE",
            description = "The file to write, .csv or .jsonl.")
    private Path out;

    @Option(
            names = "-D",
            paramLabel = "KEY=VALUE",
            description = "Set one option; those that begin with oxbow.encoder. count here.")
    private Map<String, String> pairs = new LinkedHashMap<>();

    /** What was done, as printed under {@code --json}. */
    record Report(
            String file,
            String out,
            String encoder,
            int features,
            long frames,
            long skipped,
            double videoSeconds,
            double millisPerFrame,
            double seconds) {}

    @Override
    public Integer call() throws Exception {
        Path[] read =
                VideoDecoder.isAddress(file) ? new Path[0] : new Path[] {SourceFiles.require(file)};
        OutputFile.require(out, "--out", read);
        long start = System.nanoTime();
        Configuration options = new Configuration();
        JobConfiguration.override(options, pairs);
        KnownOptions.refuseUnknown(options);
        try (FrameEncoders encoders = FrameEncoders.of(options);
                VideoDecoder decoder = VideoDecoder.open(file, video.options())) {
            Report report = encode(decoder, encoders.create(), start);
            output.result(
                    report,
                    "%d frames of %.1f s of video written to %s in %.1f s, %.2f ms a frame for the"
                                    .formatted(
                                            report.frames(),
                                            report.videoSeconds(),
                                            out,
                                            report.seconds(),
                                            report.millisPerFrame())
                            + " encoder, "
                            + report.skipped()
                            + " damaged");
        }
        return 0;
    }

    private Report encode(VideoDecoder decoder, FrameEncoder encoder, long start)
            throws IOException {
        int dim = encoder.dim();
        float[] features = new float[encoder.capacity() * dim];
        double[] seconds = new double[encoder.capacity()];
        long frames = 0;
        long encodingNanos = 0;
        // A file without a picture is refused before anything is written.
        boolean more = decoder.next();
        try (FeatureFile rows = FeatureFile.create(out, dim)) {
            while (more) {
                int waiting = 0;
                while (more && waiting < seconds.length) {
                    long before = System.nanoTime();
                    encoder.take(decoder.frame(), decoder.timeMicros() / 1000);
                    encodingNanos += System.nanoTime() - before;
                    seconds[waiting++] = decoder.timeMicros() / 1e6;
                    more = decoder.next();
                }
                long before = System.nanoTime();
                encoder.encodeTaken(features, 0);
                encodingNanos += System.nanoTime() - before;
                for (int i = 0; i < waiting; i++) {
                    rows.write(seconds[i], features, i * dim, dim);
                }
                frames += waiting;
            }
        }
        long nanos = System.nanoTime() - start;
        return new Report(
                file,
                out.toString(),
                encoder.id(),
                dim,
                frames,
                decoder.brokenFrames(),
                Math.max(0, decoder.timeMicros() / 1e6),
                round(encodingNanos / 1e6 / Math.max(1, frames), 1000),
                round(nanos / (double) TimeUnit.SECONDS.toNanos(1), 100));
    }

    private static double round(double value, double parts) {
        return Math.round(value * parts) / parts;
    }
}
