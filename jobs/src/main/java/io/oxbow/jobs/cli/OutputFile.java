package io.oxbow.jobs.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files that a command is asked to write: what cannot be is said before any work is done. */
public final class OutputFile {
    private OutputFile() {}

    /**
     * Refuses a file that cannot be written, or that is one of those being read or written already,
     * also by another name or through a link.
     *
     * @param option that names it
     * @param taken the files that must stay as they are
     * @throws UserMistake if it is refused
     */
    public static void require(Path file, String option, Path... taken) throws IOException {
        if (Files.isDirectory(file)) {
            throw new UserMistake("'" + file + "' is a directory: name a file with " + option);
        }
        Path directory = file.toAbsolutePath().getParent();
        if (!Files.isDirectory(directory)) {
            throw new UserMistake(
                    "there is no directory '" + directory + "' to write '" + file + "' into");
        }
        if (!Files.isWritable(Files.exists(file) ? file : directory)) {
            throw new UserMistake("'" + file + "' may not be written by this user");
        }
        for (Path other : taken) {
            if (isSame(file, other)) {
                throw new UserMistake(
                        option
                                + " must not be a file that is read or written already, '"
                                + other
                                + "'");
            }
        }
    }

    private static boolean isSame(Path file, Path other) throws IOException {
        return Files.exists(file) && Files.exists(other)
                ? Files.isSameFile(file, other)
                : file.toAbsolutePath().normalize().equals(other.toAbsolutePath().normalize());
    }
}
