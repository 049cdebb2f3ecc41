package io.oxbow.jobs.run;

import io.oxbow.jobs.cli.UserMistake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.RecoveryClaimMode;

/**
 * Where a local job keeps its checkpoints and savepoints between runs. A run goes on from the
 * newest complete one of them and owns it: it is deleted once it is superseded.
 */
final class StateDirectory {
    private static final String METADATA = "_metadata";

    private final Path checkpoints;
    private final Path savepoints;

    /**
     * @throws UserMistake if it is not a directory and cannot become one
     */
    StateDirectory(Path directory) {
        Path root = directory.toAbsolutePath().normalize();
        this.checkpoints = root.resolve("checkpoints");
        this.savepoints = root.resolve("savepoints");
        try {
            Files.createDirectories(checkpoints);
            Files.createDirectories(savepoints);
        } catch (IOException e) {
            throw new UserMistake("the state directory '" + directory + "' cannot be made", e);
        }
    }

    Path savepoints() {
        return savepoints;
    }

    /** Makes {@code options} write here and begin at {@link #newest()}, if there is one. */
    void configure(Configuration options) throws IOException {
        options.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
        options.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, checkpoints.toUri().toString());
        options.set(CheckpointingOptions.SAVEPOINT_DIRECTORY, savepoints.toUri().toString());
        Optional<Path> newest = newest();
        if (newest.isPresent()) {
            options.set(StateRecoveryOptions.SAVEPOINT_PATH, newest.get().toUri().toString());
            options.set(StateRecoveryOptions.RESTORE_MODE, RecoveryClaimMode.CLAIM);
        }
    }

    /** The checkpoint or savepoint completed last. */
    Optional<Path> newest() throws IOException {
        try (Stream<Path> taken = Files.walk(checkpoints, 3);
                Stream<Path> saved = Files.walk(savepoints, 2)) {
            return Stream.concat(taken, saved)
                    .filter(path -> path.endsWith(METADATA))
                    .max(Comparator.comparingLong(path -> path.toFile().lastModified()))
                    .map(Path::getParent);
        }
    }
}
