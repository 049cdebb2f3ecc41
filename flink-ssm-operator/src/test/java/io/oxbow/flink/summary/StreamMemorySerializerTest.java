package io.oxbow.flink.summary;

import static io.oxbow.flink.summary.Signals.HOUR;
import static io.oxbow.flink.summary.Signals.MONDAY_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.oxbow.flink.VectorMeanings;
import io.oxbow.flink.event.Anomaly;
import io.oxbow.flink.event.Inference;
import io.oxbow.flink.event.StreamSignal;
import io.oxbow.flink.event.Summary;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamMemorySerializerTest {
    private static final SummarySettings SETTINGS =
            SummarySettings.from(new Configuration(), VectorMeanings.NONE);
    private static final MemoryPlan PLAN = new MemoryPlan(SETTINGS);

    /** Writes the stored bytes anew, into the file named; for a new version of the format only. */
    public static void main(String[] args) throws IOException {
        Files.write(Path.of(args[0]), bytes(morning(7)));
    }

    private record Found(List<Summary> summaries, List<Anomaly> anomalies) implements Findings {
        private Found() {
            this(new ArrayList<>(), new ArrayList<>());
        }

        @Override
        public void summary(Summary summary) {
            summaries.add(summary);
        }

        @Override
        public void anomaly(Anomaly anomaly) {
            anomalies.add(anomaly);
        }
    }

    private static StreamMemory morning(long seed) {
        StreamMemory memory = new StreamMemory(PLAN);
        StreamWatch watch = new StreamWatch(SETTINGS, PLAN, new Found());
        for (StreamSignal signal : Signals.busyMorning(seed)) {
            if (signal instanceof Inference event && event.streamId().equals("gate")) {
                watch.see(memory, event);
            }
        }
        return memory;
    }

    private static byte[] bytes(StreamMemory memory) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(64);
        StreamMemorySerializer.INSTANCE.serialize(memory, out);
        return out.getCopyOfBuffer();
    }

    private static StreamMemory read(byte[] bytes) throws IOException {
        DataInputDeserializer in = new DataInputDeserializer(bytes);
        StreamMemory memory = StreamMemorySerializer.INSTANCE.deserialize(in);
        assertThat(in.available()).as("bytes left over").isZero();
        return memory;
    }

    @Test
    void everyMemoryHasTheSizeThePlanStates() throws IOException {
        assertThat(PLAN.bytesPerStream()).isLessThan(64 * 1024);
        assertThat(bytes(new StreamMemory(PLAN))).hasSize(PLAN.bytesPerStream());
        for (int seed = 0; seed < 5; seed++) {
            byte[] bytes = bytes(morning(seed));
            assertThat(bytes).hasSize(PLAN.bytesPerStream());
            assertThat(bytes(read(bytes))).isEqualTo(bytes);
            assertThat(bytes(StreamMemorySerializer.INSTANCE.copy(read(bytes)))).isEqualTo(bytes);
        }
    }

    /** What a memory written by an earlier release says next. */
    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void bytesOfEveryVersionGoOn(int version) throws IOException {
        StreamMemory memory = read(stored("stream-memory-v" + version + ".bin"));
        Found found = new Found();
        StreamWatch watch = new StreamWatch(SETTINGS, PLAN, found);
        long from = memory.lastEventTime() + 1000;
        for (long t = from; t < MONDAY_8 + 2 * HOUR; t += 1000) {
            watch.see(memory, Signals.event("gate", t, 2));
        }
        watch.passTime(memory, "gate", MONDAY_8 + 2 * HOUR);
        assertThat(found.summaries()).hasSize(1);
        Summary hour = found.summaries().get(0);
        assertThat(hour.text())
                .isEqualTo(
                        "gate, Monday 3 March 2025, 09:00 to 10:00 UTC: 3,481 events, without a"
                                + " gap. Activity averaged 1.99; busiest 09:05 to 09:10 (2),"
                                + " quietest 09:00 to 09:05 (1.9). Nothing unusual happened.");
        assertThat(hour.activity().error()).isCloseTo(0.053372167f, within(1e-6f));
    }

    private static byte[] stored(String name) throws IOException {
        try (InputStream in = StreamMemorySerializerTest.class.getResourceAsStream(name)) {
            return in.readAllBytes();
        }
    }

    @Test
    void damagedBytesAreAMemoryOrAnIoError() throws IOException {
        byte[] whole = bytes(morning(1));
        Random random = new Random(5);
        int refused = 0;
        for (int trial = 0; trial < 3000; trial++) {
            byte[] damaged =
                    random.nextInt(4) == 0
                            ? Arrays.copyOf(whole, random.nextInt(whole.length))
                            : whole.clone();
            for (int i = random.nextInt(4); i >= 0 && damaged.length > 0; i--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            }
            try {
                StreamMemorySerializer.INSTANCE.deserialize(new DataInputDeserializer(damaged));
            } catch (IOException e) {
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(500);
    }

    @Test
    void anUnknownVersionIsRefusedByNumber() throws IOException {
        byte[] bytes = bytes(new StreamMemory(PLAN));
        bytes[0] = 9;
        assertThatThrownBy(() -> read(bytes))
                .isInstanceOf(IOException.class)
                .hasMessage(
                        "a stream memory of format 9 cannot be read; this release knows 2 to 3");
    }

    @Test
    void otherWindowsKeepWhatTheyShare() throws IOException {
        Configuration config =
                new Configuration()
                        .set(SummaryOptions.WINDOW, List.of(Duration.ofMinutes(10)))
                        .set(SummaryOptions.PEAKS, 3);
        MemoryPlan other = new MemoryPlan(SummarySettings.from(config, VectorMeanings.NONE));
        StreamMemory before = morning(2);
        StreamMemory after = read(bytes(before)).under(other);
        assertThat(bytes(after)).hasSize(other.bytesPerStream());
        assertThat(after.span(0).curveEnd()).isEqualTo(SpanMemory.NONE);
        assertThat(after.span(1).curve(0)).isEqualTo(before.span(0).curve(0));
        assertThat(after.totals()).usingRecursiveComparison().isEqualTo(before.totals());
        assertThat(after.span(2).peaks().size()).isEqualTo(3);
    }
}
