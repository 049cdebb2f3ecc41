package io.oxbow.jobs.detect;

import io.oxbow.ingest.csv.CsvSeries;
import io.oxbow.ingest.csv.CsvTime;
import java.util.Arrays;
import java.util.Comparator;

/**
 * The order in which the operator sees the rows of a file: by time, rows of equal times as in the
 * file. Rows without a readable time are left out.
 *
 * @param rows (ranks) row of each rank
 */
record TimeOrder(int[] rows) {

    static TimeOrder of(CsvSeries series) {
        int[] rows = new int[series.rows()];
        int ranks = 0;
        boolean ordered = true;
        long last = Long.MIN_VALUE;
        for (int row = 0; row < series.rows(); row++) {
            long time = series.timeMillis(row);
            if (time == CsvTime.NONE) {
                continue;
            }
            ordered &= time >= last;
            last = time;
            rows[ranks++] = row;
        }
        rows = Arrays.copyOf(rows, ranks);
        return new TimeOrder(ordered ? rows : sorted(rows, series));
    }

    /**
     * Rank of the first row with a value in {@code column}; the number of ranks if there is none.
     */
    int firstValue(CsvSeries series, int column) {
        int rank = 0;
        while (rank < rows.length && Double.isNaN(series.value(rows[rank], column))) {
            rank++;
        }
        return rank;
    }

    private static int[] sorted(int[] rows, CsvSeries series) {
        return Arrays.stream(rows)
                .boxed()
                .sorted(Comparator.comparingLong(series::timeMillis))
                .mapToInt(Integer::intValue)
                .toArray();
    }
}
