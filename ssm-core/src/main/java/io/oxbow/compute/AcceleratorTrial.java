package io.oxbow.compute;

import io.oxbow.compute.BackendSelector.Prepared;
import io.oxbow.plan.StepOp;
import io.oxbow.plan.StepPlan;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A full batch on an accelerator and on the best backend of the CPU: an accelerator is slower where
 * models are small or batches short, since launching and the way to it cost the same for each.
 *
 * <p>Tasks of one process that run the same plan share one trial.
 */
final class AcceleratorTrial {
    /** Of each of the two, unless one batch takes longer. */
    private static final Duration LIMIT = Duration.ofSeconds(3);

    private static final Map<Question, Answer> KNOWN = new ConcurrentHashMap<>();

    /** Plans that agree in all this take as long as each other. */
    private record Question(
            String accelerator, String host, long layout, int ops, long flops, int streams) {}

    /**
     * @param accelerator seconds a batch
     * @param host seconds a batch
     */
    record Answer(double accelerator, double host, int streams) {
        boolean acceleratorWins() {
            return accelerator < host;
        }

        String text(String acceleratorName, String hostName) {
            return "a batch of %d streams took %.3g ms on '%s' and %.3g ms on '%s'"
                    .formatted(streams, 1e3 * accelerator, acceleratorName, 1e3 * host, hostName);
        }
    }

    private AcceleratorTrial() {}

    /**
     * @param streams in a full batch
     * @throws KernelException if the accelerator fails
     */
    static Answer of(Prepared accelerator, Prepared host, StepPlan plan, int streams) {
        Question question =
                new Question(
                        accelerator.selection().backend().name(),
                        host.selection().backend().name(),
                        plan.layout().fingerprint(),
                        plan.ops().size(),
                        plan.ops().stream().mapToLong(StepOp::flops).sum(),
                        streams);
        return KNOWN.computeIfAbsent(
                question,
                unknown ->
                        new Answer(
                                seconds(accelerator.kernel(), plan, streams),
                                seconds(host.kernel(), plan, streams),
                                streams));
    }

    private static double seconds(StepKernel kernel, StepPlan plan, int streams) {
        try (StateTable table = kernel.newTable(streams)) {
            return new BatchTrial(kernel, table, plan, streams).seconds(LIMIT);
        }
    }
}
