package io.oxbow.bench.pipeline;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Takes the processor time of this process's threads, and of the processes its parent started
 * beside it, when 40 % of the events have passed and when 95 % have.
 */
final class CpuWatch implements Runnable {
    private static final double FROM = 0.4;
    private static final double TO = 0.95;
    private static final long PAUSE_MILLIS = 10;

    enum Part {
        TASKS,
        SOURCES,
        FETCHERS,
        PRODUCERS,
        OTHERS;

        /** Flink and Kafka name their threads so. */
        static Part of(String thread) {
            if (thread.startsWith("Source Data Fetcher")) {
                return FETCHERS;
            } else if (thread.startsWith("kafka-producer-network-thread")) {
                return PRODUCERS;
            } else if (!thread.matches(".*\\(\\d+/\\d+\\)#\\d+") || thread.contains(" for ")) {
                return OTHERS;
            }
            return thread.startsWith("Source: ") ? SOURCES : TASKS;
        }
    }

    private record ThreadTime(Part part, long nanos) {}

    private record Moment(long events, Map<Long, ThreadTime> threads, long process, long beside) {}

    private final long events;
    private final Thread watcher = new Thread(this, "CPU watch");
    private Moment first;
    private Moment last;

    private CpuWatch(long events) {
        this.events = events;
    }

    /** Watches until {@code events} have passed. */
    static CpuWatch start(long events) {
        CpuWatch watch = new CpuWatch(events);
        watch.watcher.setDaemon(true);
        watch.watcher.start();
        return watch;
    }

    @Override
    public void run() {
        try {
            first = momentOf(FROM);
            last = momentOf(TO);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Moment momentOf(double part) throws InterruptedException {
        while (Passing.passed() < part * events) {
            Thread.sleep(PAUSE_MILLIS);
        }
        Map<Long, ThreadTime> times = new HashMap<>();
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        for (ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds())) {
            if (thread != null) {
                long id = thread.getThreadId();
                times.put(
                        id,
                        new ThreadTime(
                                Part.of(thread.getThreadName()), threads.getThreadCpuTime(id)));
            }
        }
        OperatingSystemMXBean system =
                (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return new Moment(Passing.passed(), times, system.getProcessCpuTime(), beside());
    }

    private static long beside() {
        ProcessHandle self = ProcessHandle.current();
        return self.parent().stream()
                .flatMap(ProcessHandle::children)
                .filter(process -> !process.equals(self))
                .map(process -> process.info().totalCpuDuration())
                .flatMap(Optional::stream)
                .mapToLong(Duration::toNanos)
                .sum();
    }

    /**
     * What was seen; NaN throughout if fewer events passed than were expected.
     *
     * @throws InterruptedException if the caller is interrupted
     */
    CpuPerEvent perEvent() throws InterruptedException {
        watcher.interrupt();
        watcher.join();
        if (last == null || last.events() == first.events()) {
            double none = Double.NaN;
            return new CpuPerEvent(none, none, none, none, none, none, none);
        }
        double[] nanos = new double[Part.values().length];
        double ofThreads = 0;
        for (Map.Entry<Long, ThreadTime> thread : last.threads().entrySet()) {
            ThreadTime before = first.threads().get(thread.getKey());
            ThreadTime now = thread.getValue();
            long taken = now.nanos() - (before == null ? 0 : before.nanos());
            nanos[now.part().ordinal()] += taken;
            ofThreads += taken;
        }
        double micros = 1e-3 / (last.events() - first.events());
        return new CpuPerEvent(
                micros * nanos[Part.TASKS.ordinal()],
                micros * nanos[Part.SOURCES.ordinal()],
                micros * nanos[Part.FETCHERS.ordinal()],
                micros * nanos[Part.PRODUCERS.ordinal()],
                micros * nanos[Part.OTHERS.ordinal()],
                micros * (last.process() - first.process() - ofThreads),
                micros * (last.beside() - first.beside()));
    }
}
