package io.oxbow.ingest.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.oxbow.ingest.CollectingSink;
import io.oxbow.ingest.IngestProgress;
import io.oxbow.ingest.Rate;
import io.oxbow.ingest.SharedData;
import io.oxbow.ingest.SourceException;
import io.oxbow.ingest.StreamSettings;
import io.oxbow.kafka.event.Sample;
import io.oxbow.kafka.event.SensorReading;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvIngestTest {
    @TempDir private Path folder;

    private final CollectingSink sink = new CollectingSink();
    private final List<CsvProblem> problems = new ArrayList<>();

    private IngestProgress ingest(Path file, String time, String... values) throws IOException {
        return new CsvIngest(
                        file,
                        SeriesColumns.of(time, List.of(values)),
                        new StreamSettings("rig", 3, Rate.MAX),
                        sink,
                        progress -> {},
                        problems::add)
                .run();
    }

    private static float value(Sample sample, int channel) {
        return sample.getValues().duplicate().order(ByteOrder.LITTLE_ENDIAN).getFloat(4 * channel);
    }

    @Test
    void writesAReadingPerRowAndReportsWhatCannotBeRead() throws IOException {
        Path file =
                Files.writeString(
                        folder.resolve("rig.csv"),
                        "t;a;b\n10;1,5;2\n11;x;2\n12;;4\nlate;1;1\n13;5;6\n14;x\n15;7\n16;;\n");

        IngestProgress done = ingest(file, "t", "a", "b");

        List<SensorReading> readings = sink.events(SensorReading.class);
        assertThat(readings)
                .extracting(SensorReading::getSeq)
                .containsExactly(0L, 1L, 2L, 3L, 4L, 5L);
        assertThat(readings)
                .extracting(SensorReading::getEventTime)
                .containsExactly(10_000L, 11_000L, 12_000L, 13_000L, 15_000L, 16_000L);
        Sample first = readings.get(0).getSamples().get(0);
        assertThat(value(first, 0)).isEqualTo(1.5f);
        assertThat(value(first, 1)).isEqualTo(2);
        assertThat(first.getMask().remaining()).isZero();
        Sample second = readings.get(1).getSamples().get(0);
        assertThat(second.getMask().get(0)).isEqualTo((byte) 0b10);
        assertThat(value(second, 1)).isEqualTo(2);
        Sample cut = readings.get(4).getSamples().get(0);
        assertThat(cut.getMask().get(0)).isEqualTo((byte) 0b01);
        assertThat(value(cut, 0)).isEqualTo(7);
        assertThat(readings.get(0).getChannels()).isEqualTo(2);
        assertThat(done.events()).isEqualTo(6);
        assertThat(done.skipped()).isEqualTo(2);
        assertThat(problems).extracting(CsvProblem::line).containsExactly(3L, 5L, 7L, 8L);
    }

    @Test
    void aTableThatGivesNothingIsRefused() throws IOException {
        Path header = Files.writeString(folder.resolve("rig.csv"), "t,a\n");
        assertThatThrownBy(() -> ingest(header, "t", "a"))
                .isInstanceOf(SourceException.class)
                .hasMessage("rig.csv has no rows below its header.");
        Path text = Files.writeString(folder.resolve("text.csv"), "t,a\n\nsoon,1\n5,x\n");
        assertThatThrownBy(() -> ingest(text, "t", "a"))
                .isInstanceOf(SourceException.class)
                .hasMessage("No row of text.csv could be read; line 3: \"soon\" is not a time.");
        assertThat(sink.events(SensorReading.class)).isEmpty();
    }

    @Test
    void namesTheColumnsThereAre() throws IOException {
        Path file = Files.writeString(folder.resolve("rig.csv"), "t,a\n1,2\n");
        assertThatThrownBy(() -> ingest(file, "time", "a"))
                .isInstanceOf(SourceException.class)
                .hasMessage("rig.csv has no column \"time\"; its columns are: t, a.");
    }

    @Test
    void readsARealOfficeByItsRows() throws IOException {
        Path file = SharedData.require("sensor/occupancy-datatraining.txt");

        IngestProgress done = ingest(file, "date", "Temperature", "CO2");

        assertThat(done.events()).isEqualTo(8143);
        assertThat(done.skipped()).isZero();
        Sample first = sink.events(SensorReading.class).get(0).getSamples().get(0);
        assertThat(value(first, 0)).isEqualTo(23.18f);
        assertThat(value(first, 1)).isEqualTo(721.25f);
    }
}
