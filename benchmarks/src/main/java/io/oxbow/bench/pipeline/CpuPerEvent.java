package io.oxbow.bench.pipeline;

import java.util.Locale;

/**
 * Processor time that an event took while a job ran steadily, microseconds, by who took it. Beside
 * other programs on the same processors it hardly changes where the rate does.
 *
 * @param tasks the tasks that answer events and write them out: key to sink
 * @param sources the tasks that decode events
 * @param fetchers Kafka's consumers
 * @param producers the threads that send what producers were given
 * @param others all other Java threads, those of Flink's timers among them
 * @param jvm compilers, collector, threads that have ended
 * @param broker the other processes of the measurement
 */
record CpuPerEvent(
        double tasks,
        double sources,
        double fetchers,
        double producers,
        double others,
        double jvm,
        double broker) {

    double total() {
        return tasks + sources + fetchers + producers + others + jvm + broker;
    }

    String text() {
        return String.format(
                Locale.ROOT,
                "CPU %.2f us an event: tasks %.2f, sources %.2f, fetchers %.2f, producers %.2f,"
                        + " others %.2f, JVM %.2f, broker %.2f",
                total(),
                tasks,
                sources,
                fetchers,
                producers,
                others,
                jvm,
                broker);
    }

    /** For {@link #of}. */
    String argument() {
        return tasks + "," + sources + "," + fetchers + "," + producers + "," + others + "," + jvm
                + "," + broker;
    }

    /** Reads {@link #argument}. */
    static CpuPerEvent of(String argument) {
        String[] parts = argument.split(",");
        double[] p = new double[parts.length];
        for (int i = 0; i < p.length; i++) {
            p[i] = Double.parseDouble(parts[i]);
        }
        return new CpuPerEvent(p[0], p[1], p[2], p[3], p[4], p[5], p[6]);
    }
}
