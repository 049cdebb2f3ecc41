package io.oxbow.bench.pipeline;

import io.oxbow.jobs.local.ScratchDirectory;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.JobExecutionResult;

/**
 * Runs one {@link PipelineCase} on a cluster inside this process. Prints the seconds of it all, the
 * cluster's start and end included; those of the job alone; the events a second once it ran
 * steadily; and the processor time of an event meanwhile.
 */
public final class PipelineRun {
    private PipelineRun() {}

    public static void main(String[] arguments) throws Exception {
        PipelineCase run = PipelineCase.of(arguments);
        try (ScratchDirectory scratch = ScratchDirectory.create("bench")) {
            CpuWatch cpu = CpuWatch.start(run.events());
            long start = System.nanoTime();
            JobExecutionResult job =
                    PipelineJob.of(run, scratch.path()).execute("bench " + run.job());
            double seconds = (System.nanoTime() - start) * 1e-9;
            double jobSeconds = job.getNetRuntime(TimeUnit.MILLISECONDS) * 1e-3;
            System.out.println(
                    seconds
                            + " "
                            + jobSeconds
                            + " "
                            + Passing.steadyRate()
                            + " "
                            + cpu.perEvent().argument());
        }
    }
}
