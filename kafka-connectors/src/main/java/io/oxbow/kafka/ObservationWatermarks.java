package io.oxbow.kafka;

import io.oxbow.flink.event.Query;
import java.time.Duration;
import org.apache.flink.api.common.eventtime.BoundedOutOfOrdernessWatermarks;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarksWithIdleness;
import org.apache.flink.util.clock.RelativeClock;

/**
 * Watermarks of a partition, from its observations alone: a question carries the asker's clock and
 * a dead letter none, and neither makes a partition less idle.
 */
final class ObservationWatermarks implements WatermarkGenerator<Decoded> {
    private final WatermarkGenerator<Decoded> generator;

    ObservationWatermarks(Duration maxOutOfOrderness, Duration idleness, RelativeClock clock) {
        WatermarkGenerator<Decoded> bounded =
                new BoundedOutOfOrdernessWatermarks<>(maxOutOfOrderness);
        this.generator =
                idleness.isZero()
                        ? bounded
                        : new WatermarksWithIdleness<>(bounded, idleness, clock);
    }

    @Override
    public void onEvent(Decoded decoded, long eventTime, WatermarkOutput output) {
        if (decoded instanceof Decoded.Accepted accepted && !(accepted.event() instanceof Query)) {
            generator.onEvent(decoded, eventTime, output);
        }
    }

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {
        generator.onPeriodicEmit(output);
    }
}
