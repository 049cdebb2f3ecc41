package io.oxbow.bench.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.oxbow.bench.detect.LabelledSeries.RowRange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabelledCorporaTest {
    @TempDir private Path folder;

    @Test
    void windowsOfTheNumentaBenchmarkAreFoundByTheirTimes() throws IOException {
        write(
                "labels/combined_windows.json",
                """
                {"real/b.csv": [],
                 "real/a.csv": [["2014-01-01 00:05:00.000000", "2014-01-01 00:10:00.000000"],
                                ["2014-01-01 00:20:00.000000", "2014-01-01 00:20:00.000000"]],
                 "real/missing.csv": [["2014-01-01 00:05:00.000000", "2014-01-01 00:10:00.000000"]]}
                """);
        StringBuilder rows = new StringBuilder("timestamp,value\n");
        for (int row = 0; row < 6; row++) {
            rows.append("2014-01-01 00:%02d:00,%d%n".formatted(5 * row, row));
        }
        write("data/real/a.csv", rows.toString());
        write("data/real/b.csv", "timestamp,value\n2014-01-01 00:00:00,7\n");

        List<LabelledSeries> all = LabelledCorpora.nab(folder);

        assertThat(all)
                .extracting(LabelledSeries::name)
                .containsExactly("real/a.csv", "real/b.csv");
        LabelledSeries a = all.get(0);
        assertThat(a.anomalies()).containsExactly(new RowRange(1, 2), new RowRange(4, 4));
        assertThat(a.labels()).containsExactly(false, true, true, false, true, false);
        assertThat(a.times()[1] - a.times()[0]).isEqualTo(300_000);
        assertThat(a.values()[5]).containsExactly(5);
        assertThat(all.get(1).anomalies()).isEmpty();
    }

    @Test
    void labelsOfTheSkoltechBenchmarkAreNoChannels() throws IOException {
        write(
                "valve1/0.csv",
                """
                datetime;p;q;anomaly;changepoint
                2020-03-09 10:00:00;1;2;0.0;0.0
                2020-03-09 10:00:01;3;4;1.0;1.0
                2020-03-09 10:00:02;5;6;1.0;0.0
                """);
        write("anomaly-free/0.csv", "datetime;p;q\n2020-03-09 10:00:00;1;2\n");

        List<LabelledSeries> all = LabelledCorpora.skab(folder);

        assertThat(all).hasSize(1);
        assertThat(all.get(0).channels()).isEqualTo(2);
        assertThat(all.get(0).values()[2]).containsExactly(5, 6);
        assertThat(all.get(0).anomalies()).containsExactly(new RowRange(1, 2));
        assertThat(all.get(0).judgedFrom()).isEqualTo(400);
    }

    @Test
    void telemetryIsJudgedFromItsTestPartOn() throws IOException {
        archive("MSL/M-6_train.npz", 1, 2, 3);
        archive("MSL/M-6_test.npz", 4, 5, 6, 7);
        write(
                "MSL/labeled_anomalies.csv",
                """
                chan_id,spacecraft,anomaly_sequences,class,num_values
                M-60,MSL,"[[0, 3]]",[point],4
                M-6,MSL,"[[3, 3], [0, 1]]","[point, point]",4
                """);

        LabelledSeries series = LabelledCorpora.telemetry(folder).get(0);

        assertThat(series.rows()).isEqualTo(7);
        assertThat(series.judgedFrom()).isEqualTo(3);
        assertThat(series.anomalies()).containsExactly(new RowRange(3, 4), new RowRange(6, 6));
        assertThat(series.judgedAnomalies())
                .containsExactly(new RowRange(0, 1), new RowRange(3, 3));
        assertThat(series.judgedValues(0)).containsExactly(4, 5, 6, 7);
    }

    @Test
    void anArchiveWithoutTheArrayIsRefused() throws IOException {
        archive("a.npz", 1);

        assertThat(NumpyArchive.floats(folder.resolve("a.npz"), "value")).containsExactly(1);
        assertThatThrownBy(() -> NumpyArchive.floats(folder.resolve("a.npz"), "label"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("has no array 'label'");
    }

    private void write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    /** One array {@code value} as NumPy stores it, format 1.0. */
    private void archive(String name, float... values) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        byte[] header =
                "{'descr': '<f4', 'fortran_order': False, 'shape': (%d,), }\n"
                        .formatted(values.length)
                        .getBytes(StandardCharsets.US_ASCII);
        ByteBuffer bytes =
                ByteBuffer.allocate(10 + header.length + Float.BYTES * values.length)
                        .order(ByteOrder.LITTLE_ENDIAN);
        bytes.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII));
        bytes.put((byte) 1).put((byte) 0).putShort((short) header.length).put(header);
        for (float value : values) {
            bytes.putFloat(value);
        }
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("value.npy"));
            zip.write(bytes.array());
        }
    }
}
