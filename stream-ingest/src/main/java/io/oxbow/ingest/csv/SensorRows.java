package io.oxbow.ingest.csv;

import io.oxbow.ingest.StreamSettings;
import io.oxbow.kafka.event.ClockSource;
import io.oxbow.kafka.event.Health;
import io.oxbow.kafka.event.Sample;
import io.oxbow.kafka.event.SensorReading;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * Makes sensor readings of the rows of a time series: a channel a value column, at the row's time.
 */
public final class SensorRows {
    private static final ByteBuffer ALL_PRESENT = ByteBuffer.allocate(0).asReadOnlyBuffer();

    private SensorRows() {}

    /**
     * The reading of the row at which {@code row} stands; a missing value is marked as missing.
     *
     * @param seq number of the reading within its stream's epoch, from 0
     */
    public static SensorReading reading(SeriesReader row, StreamSettings settings, long seq) {
        int channels = row.valueNames().size();
        ByteBuffer values =
                ByteBuffer.allocate(channels * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        byte[] mask = new byte[(channels + 7) / 8];
        boolean complete = true;
        for (int channel = 0; channel < channels; channel++) {
            double value = row.value(channel);
            boolean present = !Double.isNaN(value);
            complete &= present;
            values.putFloat(channel * Float.BYTES, present ? (float) value : 0);
            mask[channel / 8] |= (byte) ((present ? 1 : 0) << channel % 8);
        }
        ByteBuffer maskBytes = complete ? ALL_PRESENT.duplicate() : ByteBuffer.wrap(mask);
        return new SensorReading(
                settings.streamId(),
                settings.epoch(),
                seq,
                row.timeMillis(),
                ClockSource.DEVICE,
                System.currentTimeMillis(),
                channels,
                List.of(new Sample(0L, maskBytes, values)),
                Health.OK);
    }
}
