package io.oxbow.jobs.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateDirectoryTest {
    @TempDir private Path directory;

    @Test
    void anEmptyOneHasNothingToResume() throws IOException {
        Configuration options = new Configuration();
        new StateDirectory(directory).configure(options);
        assertThat(options.contains(StateRecoveryOptions.SAVEPOINT_PATH)).isFalse();
    }

    @Test
    void resumesTheNewestCompleteOneOfCheckpointsAndSavepoints() throws IOException {
        StateDirectory state = new StateDirectory(directory);
        complete("checkpoints/0f/chk-3", 1_000);
        complete("checkpoints/1f/chk-9", 3_000);
        complete("savepoints/savepoint-1", 2_000);
        Files.createDirectories(directory.resolve("checkpoints/1f/chk-10"));
        assertThat(state.newest()).hasValue(directory.resolve("checkpoints/1f/chk-9"));

        complete("savepoints/savepoint-2", 4_000);
        Configuration options = new Configuration();
        state.configure(options);
        assertThat(options.get(StateRecoveryOptions.SAVEPOINT_PATH)).contains("savepoint-2");
    }

    private void complete(String name, long modifiedMillis) throws IOException {
        Path checkpoint = Files.createDirectories(directory.resolve(name));
        Path metadata = Files.createFile(checkpoint.resolve("_metadata"));
        Files.setLastModifiedTime(metadata, FileTime.fromMillis(modifiedMillis));
    }
}
