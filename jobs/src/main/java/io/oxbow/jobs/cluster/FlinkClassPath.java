package io.oxbow.jobs.cluster;

import io.oxbow.jobs.OxbowJob;
import io.oxbow.jobs.cli.UserMistake;
import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What a Flink installation would have, found among this program's own jars. */
final class FlinkClassPath {
    /** What the job brings in its own jar, and a stock Flink has not. */
    private static final Pattern OF_THE_JOB =
            Pattern.compile(
                    "jobs\\.jar|benchmarks\\.jar|classes|test-classes|(ssm-core|signal-encoders"
                            + "|vector-kernels|tornado-kernels|flink-ssm-operator|kafka|avro"
                            + "|protobuf|stream-ingest|flink-connector-kafka|picocli|scala|ffmpeg|javacpp"
                            + "|openblas|jmh|junit|jackson)[-_.].*");

    private FlinkClassPath() {}

    /** The class path of every process of a cluster. */
    static String find(List<Path> libraries) {
        List<String> entries = new ArrayList<>();
        libraries.forEach(library -> entries.add(library.toAbsolutePath().toString()));
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            if (!OF_THE_JOB.matcher(Path.of(entry).getFileName().toString()).matches()) {
                entries.add(entry);
            }
        }
        return String.join(File.pathSeparator, entries);
    }

    /**
     * The jar that {@code flink run} takes.
     *
     * @throws UserMistake if it has not been built
     */
    static Path jobJar() {
        try {
            Path classes =
                    Path.of(
                            OxbowJob.class
                                    .getProtectionDomain()
                                    .getCodeSource()
                                    .getLocation()
                                    .toURI());
            Path jar = classes.resolveSibling("oxbow-flink-job.jar");
            if (!Files.exists(jar)) {
                throw new UserMistake("there is no " + jar + "; build it with 'mvn package'");
            }
            return jar;
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
