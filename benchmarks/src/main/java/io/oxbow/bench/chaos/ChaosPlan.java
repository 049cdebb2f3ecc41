package io.oxbow.bench.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * What is done to a cluster, in which order; the same seed gives the same plan.
 *
 * @param steps in order
 */
record ChaosPlan(List<Step> steps) {
    private static final int MAX_PARALLELISM = 3;

    ChaosPlan {
        steps = List.copyOf(steps);
    }

    /**
     * How many blows of each kind.
     *
     * @param kills by SIGKILL
     * @param pauses by SIGSTOP and SIGCONT: a process that hangs, or a machine nobody reaches
     * @param rescales by a savepoint resumed at another parallelism
     * @param upgrades by a savepoint resumed by new processes under other options
     * @param diskFaults of the disk of the checkpoints, full or slow for a while
     * @param cuts of a TaskManager's network: nothing reaches it, nothing comes from it
     */
    record Counts(int kills, int pauses, int rescales, int upgrades, int diskFaults, int cuts) {
        int fewest() {
            return IntStream.of(kills, pauses, rescales, upgrades, diskFaults, cuts)
                    .min()
                    .getAsInt();
        }
    }

    /** One blow; of the TaskManagers that work the one at {@code index}, in a circle. */
    sealed interface Step {}

    enum Target {
        TASK_MANAGER,
        JOB_MANAGER,
        BROKER
    }

    /**
     * @param hasty without waiting until the last blow has been recovered from
     */
    record Kill(Target target, int index, boolean hasty) implements Step {}

    record Pause(Target target, int index, Duration length) implements Step {}

    record Cut(int index, Duration length) implements Step {}

    record Rescale(int parallelism) implements Step {}

    record Upgrade(int parallelism) implements Step {}

    record FullDisk(Duration length) implements Step {}

    record SlowDisk(Duration length) implements Step {}

    static ChaosPlan make(long seed, Counts counts, int taskManagers) {
        Random random = new Random(seed);
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < counts.kills; i++) {
            steps.add(
                    new Kill(target(random), random.nextInt(taskManagers), random.nextInt(3) == 0));
        }
        for (int i = 0; i < counts.pauses; i++) {
            steps.add(
                    new Pause(target(random), random.nextInt(taskManagers), millis(random, 9_000)));
        }
        for (int i = 0; i < counts.rescales; i++) {
            steps.add(new Rescale(1 + random.nextInt(MAX_PARALLELISM)));
        }
        for (int i = 0; i < counts.upgrades; i++) {
            steps.add(new Upgrade(1 + random.nextInt(MAX_PARALLELISM)));
        }
        for (int i = 0; i < counts.diskFaults; i++) {
            Duration length = millis(random, 5_000);
            steps.add(random.nextBoolean() ? new FullDisk(length) : new SlowDisk(length));
        }
        for (int i = 0; i < counts.cuts; i++) {
            steps.add(new Cut(random.nextInt(taskManagers), millis(random, 9_000)));
        }
        Collections.shuffle(steps, random);
        return new ChaosPlan(steps);
    }

    /** This, and another blow after it. */
    ChaosPlan and(Step step) {
        List<Step> more = new ArrayList<>(steps);
        more.add(step);
        return new ChaosPlan(more);
    }

    /** Whether a network is cut, so that there must be one that can be. */
    boolean cutsNetworks() {
        return steps.stream().anyMatch(Cut.class::isInstance);
    }

    private static Duration millis(Random random, int most) {
        return Duration.ofMillis(1_000 + random.nextInt(most));
    }

    /** Mostly TaskManagers; a fifth of the time each the JobManager and the broker. */
    private static Target target(Random random) {
        return switch (random.nextInt(5)) {
            case 0 -> Target.JOB_MANAGER;
            case 1 -> Target.BROKER;
            default -> Target.TASK_MANAGER;
        };
    }
}
