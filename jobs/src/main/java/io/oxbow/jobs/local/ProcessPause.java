package io.oxbow.jobs.local;

import java.io.IOException;
import java.time.Duration;

/** A process that hangs for a while, by SIGSTOP and SIGCONT. */
public final class ProcessPause {
    private ProcessPause() {}

    /** Returns when the process goes on. */
    public static void hold(Process process, Duration length)
            throws IOException, InterruptedException {
        signal("-STOP", process);
        try {
            Thread.sleep(length.toMillis());
        } finally {
            signal("-CONT", process);
        }
    }

    private static void signal(String signal, Process process)
            throws IOException, InterruptedException {
        new ProcessBuilder("kill", signal, Long.toString(process.pid()))
                .inheritIO()
                .start()
                .waitFor();
    }
}
