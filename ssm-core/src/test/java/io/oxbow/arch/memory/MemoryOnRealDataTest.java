package io.oxbow.arch.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.oxbow.arch.SharedData;
import io.oxbow.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whether the defaults find what people labelled. */
class MemoryOnRealDataTest {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

    /** Long windows reach a common score by chance: only a rare one tells. */
    private static final double RARE = 0.001;

    @Test
    void mostLabelledWindowsOutscoreAlmostAllThatIsOutside() throws IOException {
        Path nab = SharedData.folder("data/benchmarks/nab");
        Json.Obj labels =
                (Json.Obj)
                        Json.parse(Files.readString(nab.resolve("labels/combined_windows.json")));
        int windows = 0;
        int found = 0;
        double byChance = 0;
        for (String name : labels.members().keySet()) {
            Path file = nab.resolve("data").resolve(name);
            List<long[]> labelled = windows((Json.Arr) labels.members().get(name));
            if (labelled.isEmpty() || !Files.exists(file)) {
                continue;
            }
            Series scored = score(file);
            float threshold = scored.quantileOutside(labelled, 1 - RARE);
            for (long[] window : labelled) {
                int length = scored.lengthWithin(window);
                if (length > 0) {
                    windows++;
                    found += scored.peakWithin(window) > threshold ? 1 : 0;
                    byChance += 1 - Math.pow(1 - RARE, length);
                }
            }
        }
        System.out.printf(
                "%d of %d labelled windows outscore 99.9 %% of what is outside; %.1f by chance%n",
                found, windows, byChance);

        assertThat(found).isGreaterThan(windows / 2);
        assertThat(found).isGreaterThan((int) (1.5 * byChance));
    }

    @Test
    void peopleComingAndGoingInAnOfficeAreAmongTheMostSurprisingMinutes() throws IOException {
        Path file = SharedData.folder("data/sensor").resolve("occupancy-datatraining.txt");
        List<String> lines = Files.readAllLines(file);
        int count = lines.size() - 1;
        float[] surprise = new float[count];
        boolean[] occupied = new boolean[count];
        double error = 0;
        double naive = 0;
        try (MemoryRun run = new MemoryRun(MemoryConfig.forChannels(5))) {
            float[] x = new float[5];
            float previous = 0;
            for (int i = 0; i < count; i++) {
                String[] cells = lines.get(i + 1).split(",");
                for (int c = 0; c < 5; c++) {
                    x[c] = Float.parseFloat(cells[c + 2]);
                }
                run.step(millis(cells[1].replace("\"", "")), x);
                surprise[i] = Float.isNaN(run.pValue()) ? 0 : 1 - run.pValue();
                occupied[i] = cells[7].equals("1");
                if (i > 500) {
                    error += Math.abs(run.forecast(3) - x[3]);
                    naive += Math.abs(previous - x[3]);
                }
                previous = x[3];
            }
        }
        double nearAll = shareNearChange(surprise, occupied, 0);
        double nearTop = shareNearChange(surprise, occupied, quantile(surprise, 0.99));
        System.out.printf(
                "office: %.1f %% of the minutes are near a coming or going, %.1f %% of the 1 %%"
                        + " most surprising; CO2 forecast error %.3f of the last value's%n",
                100 * nearAll, 100 * nearTop, error / naive);

        assertThat(nearTop).isGreaterThan(3 * nearAll);
        assertThat(error).isLessThan(1.25 * naive);
    }

    /** Of the tokens that score at least {@code least}: the share within 5 of a change. */
    private static double shareNearChange(float[] scores, boolean[] occupied, float least) {
        int near = 0;
        int all = 0;
        for (int i = 505; i < scores.length - 5; i++) {
            if (scores[i] >= least) {
                all++;
                near += occupied[i - 5] != occupied[i + 5] ? 1 : 0;
            }
        }
        return near / (double) all;
    }

    private static float quantile(float[] values, double part) {
        float[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[(int) (part * (sorted.length - 1))];
    }

    private static Series score(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        int count = lines.size() - 1;
        long[] times = new long[count];
        float[] scores = new float[count];
        try (MemoryRun run = new MemoryRun(MemoryConfig.forChannels(1))) {
            for (int i = 0; i < count; i++) {
                String[] cells = lines.get(i + 1).split(",");
                times[i] = millis(cells[0]);
                run.step(times[i], Float.parseFloat(cells[1]));
                scores[i] = run.score();
            }
        }
        return new Series(times, scores, (int) Math.min(0.15 * count, 750));
    }

    private static List<long[]> windows(Json.Arr labels) {
        List<long[]> windows = new ArrayList<>();
        for (Json window : labels.elements()) {
            List<Json> ends = ((Json.Arr) window).elements();
            windows.add(
                    new long[] {
                        millis(((Json.Str) ends.get(0)).value()),
                        millis(((Json.Str) ends.get(1)).value())
                    });
        }
        return windows;
    }

    private static long millis(String time) {
        return LocalDateTime.parse(time.substring(0, 19), TIME)
                .toInstant(ZoneOffset.UTC)
                .toEpochMilli();
    }

    /** Scores by time; those before {@code from} do not count. */
    private record Series(long[] times, float[] scores, int from) {

        int lengthWithin(long[] window) {
            int length = 0;
            for (int i = from; i < times.length; i++) {
                length += times[i] >= window[0] && times[i] <= window[1] ? 1 : 0;
            }
            return length;
        }

        /** Highest score within the window, or -1 if none of it counts. */
        float peakWithin(long[] window) {
            float peak = -1;
            for (int i = from; i < times.length; i++) {
                if (times[i] >= window[0] && times[i] <= window[1]) {
                    peak = Math.max(peak, scores[i]);
                }
            }
            return peak;
        }

        float quantileOutside(List<long[]> windows, double part) {
            float[] outside = new float[times.length];
            int count = 0;
            for (int i = from; i < times.length; i++) {
                long time = times[i];
                if (windows.stream().noneMatch(w -> time >= w[0] && time <= w[1])) {
                    outside[count++] = scores[i];
                }
            }
            return quantile(Arrays.copyOf(outside, count), part);
        }
    }
}
