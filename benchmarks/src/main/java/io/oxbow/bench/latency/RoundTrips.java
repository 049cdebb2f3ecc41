package io.oxbow.bench.latency;

import io.oxbow.bench.pipeline.SampleFeatures;
import io.oxbow.flink.event.Inference;
import io.oxbow.kafka.BrokerException;
import io.oxbow.kafka.EventMappings;
import io.oxbow.kafka.EventProducer;
import io.oxbow.kafka.EventReader;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.configuration.Configuration;

/**
 * Sends feature events of many streams in turn and notes when each one's inference is read. One
 * thread sends, one reads.
 */
final class RoundTrips implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final long PATIENCE_NANOS = 60_000_000_000L;
    private static final long TICK_NANOS = 1_000_000;

    private final SampleFeatures features = new SampleFeatures();
    private final EventProducer producer;
    private final EventReader<Inference> reader;
    private final int streams;
    private final AtomicLongArray due;
    private final AtomicLongArray read;
    private final Thread reading;
    private volatile boolean closed;
    private volatile int answered;
    private int sent;

    /**
     * @param events the most that will be sent
     */
    RoundTrips(Configuration options, int streams, int events) throws BrokerException {
        this.producer = new EventProducer(options);
        this.reader = EventReader.fromNow(EventMappings.INFERENCE, options);
        this.streams = streams;
        this.due = new AtomicLongArray(events);
        this.read = new AtomicLongArray(events);
        this.reading = new Thread(this::readAll, "read inferences");
        reading.setDaemon(true);
        reading.start();
    }

    private void readAll() {
        try {
            while (!closed) {
                for (Inference inference : reader.poll(POLL)) {
                    int stream = SampleFeatures.number(inference.streamId());
                    int index = (int) inference.seq() * streams + stream;
                    if (index < read.length() && read.compareAndSet(index, 0, System.nanoTime())) {
                        answered++;
                    }
                }
            }
        } catch (BrokerException e) {
            closed = true;
        }
    }

    private void send(long dueNanos) throws BrokerException {
        due.set(sent, dueNanos);
        producer.send(
                EventMappings.OBSERVATION,
                features.event(sent % streams, sent / streams, System.currentTimeMillis()));
        sent++;
    }

    /** Sends one event every half second until one is answered: the job is there. */
    void awaitFirst() throws Exception {
        long giveUp = System.nanoTime() + PATIENCE_NANOS;
        while (answered == 0) {
            send(System.nanoTime());
            Thread.sleep(500);
            requireTime(giveUp);
        }
    }

    /**
     * Sends {@code count} events as fast as Kafka takes them and waits for the answers.
     *
     * @return answers a second, from a twentieth of them until a twentieth is left: sending them
     *     takes its part of the machine, as it does at an even rate
     */
    double burst(int count) throws Exception {
        int from = sent;
        for (int i = 0; i < count; i++) {
            send(System.nanoTime());
        }
        awaitAnswers(from);
        long[] times = new long[count];
        for (int i = 0; i < count; i++) {
            times[i] = read.get(from + i);
        }
        Arrays.sort(times);
        int edge = count / 20;
        return (count - 2 * edge - 1) * 1e9 / (times[count - 1 - edge] - times[edge]);
    }

    /**
     * Sends at an even rate, a tick of a millisecond at a time, and waits for the answers. An event
     * counts from when it was due, whether or not the sender was held up.
     *
     * @return sorted, from due to read, nanoseconds
     */
    long[] paced(double perSecond, int count) throws Exception {
        int from = sent;
        long start = System.nanoTime();
        while (sent - from < count) {
            long now = System.nanoTime();
            long allowed = (long) ((now - start) * 1e-9 * perSecond);
            while (sent - from < Math.min(allowed, count)) {
                send(start + (long) ((sent - from + 1) / perSecond * 1e9));
            }
            LockSupport.parkNanos(TICK_NANOS);
        }
        awaitAnswers(from);
        long[] latencies = new long[count];
        for (int i = 0; i < count; i++) {
            latencies[i] = read.get(from + i) - due.get(from + i);
        }
        Arrays.sort(latencies);
        return latencies;
    }

    private void awaitAnswers(int from) throws Exception {
        producer.flush();
        long giveUp = System.nanoTime() + PATIENCE_NANOS;
        for (int i = from; i < sent; i++) {
            while (read.get(i) == 0) {
                Thread.sleep(1);
                requireTime(giveUp);
            }
        }
    }

    private void requireTime(long giveUp) throws TimeoutException {
        if (closed || System.nanoTime() > giveUp) {
            throw new TimeoutException("the job did not answer within a minute");
        }
    }

    @Override
    public void close() throws BrokerException {
        closed = true;
        try {
            reading.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        reader.close();
        producer.close();
    }
}
