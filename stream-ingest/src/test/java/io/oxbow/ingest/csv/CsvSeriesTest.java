package io.oxbow.ingest.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.oxbow.ingest.SourceException;
import java.io.IOException;
import java.io.StringReader;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class CsvSeriesTest {

    private static CsvSeries read(String text, String time, String... values) throws IOException {
        return CsvSeries.drain(
                SeriesReader.over(
                        CsvReader.of(new StringReader(text), "data.csv"),
                        SeriesColumns.of(time, List.of(values))));
    }

    @Test
    void keepsEveryRowAndSaysWhichAreDamaged() throws IOException {
        CsvSeries series = read("t,a,b\n1,10,x\n2,,4\nlate,12,5\n4\n5,1e2,NaN\n", "t", "b", "a");

        assertThat(series.valueNames()).containsExactly("b", "a");
        assertThat(series.rows()).isEqualTo(5);
        assertThat(new long[] {series.timeMillis(0), series.timeMillis(2), series.timeMillis(4)})
                .containsExactly(1000, CsvTime.NONE, 5000);
        assertThat(series.timeText(2)).isEqualTo("late");
        assertThat(new double[] {series.value(0, 0), series.value(0, 1), series.value(1, 0)})
                .containsExactly(Double.NaN, 10, 4);
        assertThat(new double[] {series.value(1, 1), series.value(3, 1), series.value(4, 0)})
                .containsOnly(Double.NaN);
        assertThat(series.value(4, 1)).isEqualTo(100);
        assertThat(series.problems())
                .containsExactly(
                        new CsvProblem(2, "\"x\" in column b is not a number"),
                        new CsvProblem(4, "\"late\" is not a time"),
                        new CsvProblem(5, "there are only 1 of 3 fields"));
        assertThat(series.line(4)).isEqualTo(6);
    }

    @Test
    void readsDecimalCommasWhereTheDelimiterIsAnother() throws IOException {
        CsvSeries series = read("t;a\n1;21,5\n2;-0.5\n", "t", "a");

        assertThat(series.value(0, 0)).isEqualTo(21.5);
        assertThat(series.value(1, 0)).isEqualTo(-0.5);
        assertThat(series.problems()).isEmpty();
    }

    @Test
    void takesEveryColumnOfNumbersWhenNoneIsNamed() throws IOException {
        assertThat(read("name,t,a,b\nx,1,2,\n", "t").valueNames()).containsExactly("a", "b");
        assertThatThrownBy(() -> read("t,name\n1,x\n", "t"))
                .isInstanceOf(SourceException.class)
                .hasMessage("data.csv has no column of numbers beside its time column.");
    }

    @Test
    void growsPastItsFirstCapacity() throws IOException {
        StringBuilder text = new StringBuilder("t,a\n");
        for (int row = 0; row < 5000; row++) {
            text.append(row).append(',').append(row * 0.5).append('\n');
        }

        CsvSeries series = read(text.toString(), "t", "a");

        assertThat(series.rows()).isEqualTo(5000);
        for (int row = 0; row < 5000; row++) {
            assertThat(series.value(row, 0)).isEqualTo(row * 0.5);
            assertThat(series.timeMillis(row)).isEqualTo(1000L * row);
        }
    }

    @Test
    void aHeaderAloneIsNoSeries() {
        assertThatThrownBy(() -> read("t,a\n", "t", "a"))
                .isInstanceOf(SourceException.class)
                .hasMessage("data.csv has no rows below its header.");
    }

    @Test
    void namesABadPattern() {
        assertThatThrownBy(
                        () ->
                                SeriesReader.over(
                                        CsvReader.of(new StringReader("t,a\n"), "data.csv"),
                                        new SeriesColumns(
                                                "t", List.of("a"), "bogus", ZoneOffset.UTC)))
                .isInstanceOf(SourceException.class)
                .hasMessageStartingWith("\"bogus\" is not a pattern of times");
    }
}
