package io.oxbow.bench.detect;

import io.oxbow.arch.memory.MemoryConfig;
import io.oxbow.arch.memory.MemoryModel;
import io.oxbow.compute.ComputeBackend;
import io.oxbow.compute.OutputBatch;
import io.oxbow.compute.StateTable;
import io.oxbow.compute.StepKernel;
import io.oxbow.compute.TokenBatch;
import io.oxbow.compute.scalar.Outlook;
import io.oxbow.ingest.csv.CsvSeries;
import io.oxbow.ingest.csv.SeriesColumns;
import io.oxbow.jobs.cli.OutputOptions;
import io.oxbow.model.SsmModel;
import io.oxbow.model.StateLayout.Segment;
import io.oxbow.model.StateRows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Forecasts of 96 hours on the electricity transformer temperatures (Zhou et al. 2021, Informer),
 * as the field evaluates them: values in deviations of the training rows, the error over all
 * origins of the test rows, all steps and all seven columns. Each column is a stream of its own.
 *
 * <p>Online, the stream goes on learning from what it has seen; frozen, the forecast's weights are
 * those at the end of the training rows. The peer is the value of the same hour a day before.
 */
final class ForecastComparison {
    private static final int HORIZON = 96;
    private static final int DAY = 24;
    private static final int TRAIN = 8640;
    private static final int TEST = 11_520;
    private static final int END = 14_400;
    private static final int[] SLOT = {0};

    /**
     * One line of results.
     *
     * @param withinOneError share of the outcomes between the forecast's low and high; NaN for the
     *     peer, which states none
     * @param withinTwoErrors share of them at most twice as far off
     */
    record ForecastLine(
            String corpus,
            String forecaster,
            int horizon,
            int origins,
            double mse,
            double mae,
            double withinOneError,
            double withinTwoErrors,
            long bytesPerStream) {}

    private final ComputeBackend backend;
    private final OutputOptions output;

    ForecastComparison(ComputeBackend backend, OutputOptions output) {
        this.backend = backend;
        this.output = output;
    }

    /** Every file of the folder that is long enough. */
    void run(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.filter(f -> f.toString().endsWith(".csv")).sorted().toList();
        }
        for (Path file : files) {
            CsvSeries series = CsvSeries.read(file, SeriesColumns.of("date", List.of()));
            String name = file.getFileName().toString().replace(".csv", "");
            if (series.rows() < END) {
                output.note(name + " has fewer than " + END + " rows and is left out");
                continue;
            }
            evaluate(name, series).forEach(this::print);
        }
    }

    /** The lines of one file, of at least as many rows as the split has. */
    List<ForecastLine> evaluate(String name, CsvSeries series) {
        Errors online = new Errors();
        Errors frozen = new Errors();
        Errors day = new Errors();
        SsmModel model = MemoryModel.build(MemoryConfig.forChannels(1, HORIZON));
        int columns = series.valueNames().size();
        for (int column = 0; column < columns; column++) {
            float[] values = new float[END];
            for (int row = 0; row < END; row++) {
                values[row] = (float) series.value(row, column);
            }
            evaluate(model, series, values, online, frozen, day);
        }
        long bytes = model.plan().layout().bytes();
        int origins = END - TEST - HORIZON + 1;
        return List.of(
                line(name, "memory online", origins, online, bytes),
                line(name, "memory frozen", origins, frozen, bytes),
                line(name, "day before", origins, day, 0));
    }

    private void evaluate(
            SsmModel model,
            CsvSeries series,
            float[] values,
            Errors online,
            Errors frozen,
            Errors day) {
        double[] truth = standardised(values);
        double mean = mean(values);
        double deviation = deviation(values, mean);
        Outlook outlook = Outlook.of(model.plan()).orElseThrow();
        Segment weights = model.plan().layout().segment("horizon weights");
        StateRows row = new StateRows(model.plan().layout(), 1);
        float[] trained = new float[weights.length()];
        TokenBatch batch = new TokenBatch(1, 1, 1);
        batch.offsets()[1] = 1;
        batch.size(1, 1);
        OutputBatch outputs = new OutputBatch(model.plan().outputs(), 1);
        try (StepKernel kernel = backend.prepare(model.plan(), 1, 1);
                StateTable table = kernel.newTable(1)) {
            table.initRows(SLOT, 1);
            for (int t = 0; t < END - HORIZON; t++) {
                batch.tokens()[0] = values[t];
                batch.eventTimes()[0] = series.timeMillis(t);
                batch.dt()[0] = 1;
                kernel.run(batch, table, outputs);
                if (t == TRAIN - 1) {
                    table.readRows(SLOT, 1, row);
                    System.arraycopy(row.floats(), weights.offset(), trained, 0, trained.length);
                }
                if (t >= TEST - 1) {
                    table.readRows(SLOT, 1, row);
                    outlook.read(row, 0);
                    online.add(outlook, truth, t, mean, deviation);
                    System.arraycopy(trained, 0, row.floats(), weights.offset(), trained.length);
                    outlook.read(row, 0);
                    frozen.add(outlook, truth, t, mean, deviation);
                    for (int h = 1; h <= HORIZON; h++) {
                        day.add(truth[t + h] - truth[t - DAY + 1 + (h - 1) % DAY]);
                    }
                }
            }
        }
    }

    private static double[] standardised(float[] values) {
        double mean = mean(values);
        double deviation = deviation(values, mean);
        double[] truth = new double[values.length];
        for (int row = 0; row < truth.length; row++) {
            truth[row] = (values[row] - mean) / deviation;
        }
        return truth;
    }

    private static double mean(float[] values) {
        double sum = 0;
        for (int row = 0; row < TRAIN; row++) {
            sum += values[row];
        }
        return sum / TRAIN;
    }

    private static double deviation(float[] values, double mean) {
        double squares = 0;
        for (int row = 0; row < TRAIN; row++) {
            squares += (values[row] - mean) * (values[row] - mean);
        }
        return Math.sqrt(squares / TRAIN);
    }

    private static ForecastLine line(
            String name, String forecaster, int origins, Errors errors, long bytes) {
        return new ForecastLine(
                name,
                forecaster,
                HORIZON,
                origins,
                errors.squares / errors.count,
                errors.sizes / errors.count,
                errors.share(errors.withinOne),
                errors.share(errors.withinTwo),
                bytes);
    }

    private void print(ForecastLine line) {
        output.result(
                line,
                "%-8s %-13s MSE %.4f, MAE %.4f (%d steps from %d origins, mean over the columns)%s"
                        .formatted(
                                line.corpus(),
                                line.forecaster(),
                                line.mse(),
                                line.mae(),
                                line.horizon(),
                                line.origins(),
                                band(line)));
    }

    private static String band(ForecastLine line) {
        if (Double.isNaN(line.withinOneError())) {
            return "";
        }
        return ", %.1f %% within one standard error, %.1f %% within two, %,d bytes a stream"
                .formatted(
                        100 * line.withinOneError(),
                        100 * line.withinTwoErrors(),
                        line.bytesPerStream());
    }

    /** Sums over origins, steps and columns. */
    private static final class Errors {
        private double squares;
        private double sizes;
        private long count;
        private long withinOne;
        private long withinTwo;
        private long banded;

        void add(Outlook outlook, double[] truth, int t, double mean, double deviation) {
            for (int h = 0; h < HORIZON; h++) {
                double outcome = truth[t + 1 + h];
                double expected = (outlook.expected()[h] - mean) / deviation;
                double off = outcome - expected;
                add(off);
                double low = (outlook.low()[h] - mean) / deviation;
                double high = (outlook.high()[h] - mean) / deviation;
                withinOne += low <= outcome && outcome <= high ? 1 : 0;
                double error = off < 0 ? expected - low : high - expected;
                withinTwo += Math.abs(off) <= 2 * error ? 1 : 0;
                banded++;
            }
        }

        double share(long within) {
            return banded == 0 ? Double.NaN : within / (double) banded;
        }

        void add(double error) {
            squares += error * error;
            sizes += Math.abs(error);
            count++;
        }
    }
}
