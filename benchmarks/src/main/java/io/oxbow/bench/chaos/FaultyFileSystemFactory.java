package io.oxbow.bench.chaos;

import java.net.URI;
import java.nio.file.Path;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.FileSystemFactory;

/** Brings the {@link FaultyFileSystem} into the processes of a cluster under trial. */
public final class FaultyFileSystemFactory implements FileSystemFactory {
    static final ConfigOption<String> FAULTS =
            ConfigOptions.key("oxbow.chaos.faults")
                    .stringType()
                    .noDefaultValue()
                    .withDescription("The folder in which files say what ails the disk.");

    private Path faults = Path.of("no-faults");

    @Override
    public void configure(Configuration config) {
        config.getOptional(FAULTS).ifPresent(folder -> faults = Path.of(folder));
    }

    @Override
    public String getScheme() {
        return FaultyFileSystem.SCHEME;
    }

    @Override
    public FileSystem create(URI address) {
        return new FaultyFileSystem(faults);
    }
}
