package io.oxbow.flink.summary;

import static io.oxbow.flink.summary.Signals.DAY;
import static io.oxbow.flink.summary.Signals.HOUR;
import static io.oxbow.flink.summary.Signals.MINUTE;
import static io.oxbow.flink.summary.Signals.MONDAY_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.oxbow.flink.VectorMeanings;
import io.oxbow.flink.event.Anomaly;
import io.oxbow.flink.event.Health;
import io.oxbow.flink.event.Inference;
import io.oxbow.flink.event.Summary;
import io.oxbow.flink.event.Timeline;
import io.oxbow.flink.summary.Curves.Cells;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * What a curve says of its own error against what really was, which the test keeps beside the
 * memory: of the last day, the last week and all time, of activity, novelty and channels.
 */
class StatedErrorTest {
    private static final long MIDNIGHT = MONDAY_8 - 8 * HOUR;
    private static final SummarySettings SETTINGS =
            SummarySettings.from(new Configuration(), VectorMeanings.NONE);
    private static final MemoryPlan PLAN = new MemoryPlan(SETTINGS);
    private static final double RATE = 0.9;

    /** Cells compared and cells within the stated bound, over many curves. */
    private static final class Rate {
        private int cells;
        private int within;
        private int curves;

        /** Curves of pasts so full of gaps that no error is stated. */
        private int unstated;

        private double value() {
            return within / (double) cells;
        }
    }

    /** A stream, its memory, and the truth by the hour: sums and counts of each curve. */
    private static final class Remembered implements Findings {
        private final StreamMemory memory = new StreamMemory(PLAN);
        private final StreamWatch watch = new StreamWatch(SETTINGS, PLAN, this);
        private final List<double[]> sums = new ArrayList<>();
        private final List<Integer> counts = new ArrayList<>();

        private void see(long time, float activity, float score, float channel) {
            watch.see(
                    memory,
                    new Inference(
                            "s",
                            0,
                            0,
                            time,
                            time,
                            0,
                            1,
                            Health.OK,
                            activity,
                            score,
                            0.5f,
                            new float[] {channel},
                            new float[0],
                            new float[0],
                            new float[0],
                            new float[0],
                            new float[0]));
            int hour = (int) ((time - MIDNIGHT) / HOUR);
            while (sums.size() <= hour) {
                sums.add(new double[3]);
                counts.add(0);
            }
            double[] sum = sums.get(hour);
            sum[0] += activity;
            sum[1] += score;
            sum[2] += channel;
            counts.set(hour, counts.get(hour) + 1);
        }

        /** Compares the last {@code hours} before {@code end}, hour by hour. */
        private void compare(int span, int hours, long end, Rate rate) {
            Curves curves = new Curves(SETTINGS, PLAN);
            Cells cells = new Cells(end - hours * HOUR, HOUR, hours);
            for (int curve = 0; curve < 3; curve++) {
                Timeline timeline = curves.read(memory, span, curve, cells);
                rate.curves++;
                if (Float.isNaN(timeline.error())) {
                    rate.unstated++;
                    continue;
                }
                double squares = 0;
                int known = 0;
                for (int h = 0; h < hours; h++) {
                    int at = (int) ((cells.from() + h * HOUR - MIDNIGHT) / HOUR);
                    if (at < 0 || at >= counts.size() || counts.get(at) == 0) {
                        continue;
                    }
                    float value = timeline.values()[h];
                    if (!Float.isNaN(value)) {
                        double truth = sums.get(at)[curve] / counts.get(at);
                        double difference = Math.abs(value - truth);
                        squares += difference * difference;
                        known++;
                        rate.cells++;
                        rate.within += difference <= timeline.bound() + 1e-6 ? 1 : 0;
                    }
                }
                double trueError = Math.sqrt(squares / known);
                assertThat(trueError)
                        .as("curve %d of span %d, stated %s", curve, span, timeline.error())
                        .isLessThanOrEqualTo(timeline.error() * 1.001 + 1e-5);
            }
        }

        @Override
        public void summary(Summary summary) {}

        @Override
        public void anomaly(Anomaly anomaly) {}
    }

    @Test
    void coversTheTruthAtTheStatedRateOverSyntheticWeeks() {
        Rate day = new Rate();
        Rate week = new Rate();
        Rate always = new Rate();
        for (long seed = 0; seed < 8; seed++) {
            Remembered stream = new Remembered();
            Random random = new Random(seed);
            double level = 0;
            long end = MIDNIGHT + (14 + random.nextInt(14)) * DAY;
            boolean gaps = seed % 2 == 0;
            for (long t = MIDNIGHT; t < end; t += MINUTE) {
                if (gaps && random.nextInt(3000) == 0) {
                    t += random.nextInt((int) (8 * HOUR));
                    continue;
                }
                double hour = (t % DAY) / (double) HOUR;
                boolean weekend = (t - MIDNIGHT) / DAY % 7 >= 5;
                level = 0.999 * level + 0.03 * random.nextGaussian();
                double visit = random.nextInt(200) == 0 ? random.nextInt(9) : 0;
                double sun = Math.max(0, Math.sin((hour - 6) / 12 * Math.PI));
                float activity = (float) Math.max(0, sun * (weekend ? 1 : 3) + level + visit);
                float score = random.nextInt(500) == 0 ? 0.95f : 0.2f * random.nextFloat();
                stream.see(t, activity, score, (float) (20 + 5 * sun + level));
                if ((t - MIDNIGHT) % DAY == DAY - MINUTE) {
                    stream.compare(PLAN.day(), 24, t + MINUTE, day);
                }
            }
            stream.compare(PLAN.week(), 168, end, week);
            int hours = (int) ((end - MIDNIGHT) / HOUR);
            stream.compare(Curves.ALL_TIME, hours, end, always);
        }
        print("synthetic days", day);
        print("synthetic weeks", week);
        print("synthetic pasts of two to four weeks", always);
        assertThat(day.curves).isGreaterThan(200);
    }

    @Test
    void coversTheTruthAtTheStatedRateOverRealDays() throws IOException {
        Rate day = new Rate();
        Rate always = new Rate();
        Optional<Path> nab = find("benchmarks/nab/data");
        if (nab.isPresent()) {
            try (Stream<Path> files = Files.walk(nab.get())) {
                for (Path file : files.filter(f -> f.toString().endsWith(".csv")).toList()) {
                    replay(file, day, always);
                }
            }
        }
        if (day.cells == 0) {
            System.out.println("Skipped: there is no ../shared/data/benchmarks/nab here.");
        }
        Assumptions.assumeTrue(day.cells > 0, "no ../shared/data/benchmarks/nab");
        print("real days", day);
        print("real pasts", always);
    }

    /** One curve stands for all three: they are remembered alike. */
    private static void replay(Path file, Rate day, Rate always) throws IOException {
        Remembered stream = new Remembered();
        List<String> lines = Files.readAllLines(file);
        long shift = Long.MIN_VALUE;
        long next = MIDNIGHT + DAY;
        long last = MIDNIGHT;
        for (String line : lines.subList(1, lines.size())) {
            String[] row = line.split(",");
            long time =
                    LocalDateTime.parse(row[0].replace(" ", "T"))
                            .toInstant(ZoneOffset.UTC)
                            .toEpochMilli();
            if (shift == Long.MIN_VALUE) {
                shift = MIDNIGHT - (time - Math.floorMod(time, DAY));
            }
            time += shift;
            if (time - MIDNIGHT > 15 * DAY) {
                break;
            }
            if (time < last) {
                continue;
            }
            if (time >= next) {
                stream.watch.passTime(stream.memory, "s", next);
                stream.compare(PLAN.day(), 24, next, day);
                next = time - Math.floorMod(time - MIDNIGHT, DAY) + DAY;
            }
            float value = Float.parseFloat(row[1]);
            stream.see(time, value, value, value);
            last = time;
        }
        int hours = (int) ((last - MIDNIGHT) / HOUR);
        stream.compare(Curves.ALL_TIME, hours, MIDNIGHT + hours * HOUR, always);
    }

    private static void print(String what, Rate rate) {
        System.out.printf(
                "%s: %,d curves, %,d without a stated error, %,d cells, %.1f %% within the bound%n",
                what, rate.curves, rate.unstated, rate.cells, 100 * rate.value());
        assertThat(rate.unstated).as(what).isLessThanOrEqualTo(rate.curves / 10);
        assertThat(rate.value()).as(what).isGreaterThanOrEqualTo(RATE);
    }

    private static Optional<Path> find(String name) {
        Path folder = Path.of(System.getProperty("user.dir")).toAbsolutePath();
        for (; folder != null; folder = folder.getParent()) {
            Path file = folder.resolve("shared/data").resolve(name);
            if (Files.exists(file)) {
                return Optional.of(file);
            }
        }
        return Optional.empty();
    }
}
