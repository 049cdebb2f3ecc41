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
 * a dead letter none, and neither makes a partition less idle. Nor does an observation whose time
 * leaps too far ahead of all before it, until the next one comes from there too: one wrong clock
 * must not make every stream late.
 */
final class ObservationWatermarks implements WatermarkGenerator<Decoded> {
    private static final long NONE = Long.MIN_VALUE;

    private final WatermarkGenerator<Decoded> generator;
    private final long maxJumpMillis;
    private long newest = NONE;
    private long disbelieved = NONE;

    /**
     * @param maxJump 0 for any distance
     */
    ObservationWatermarks(
            Duration maxOutOfOrderness, Duration idleness, RelativeClock clock, Duration maxJump) {
        this.maxJumpMillis = maxJump.toMillis();
        WatermarkGenerator<Decoded> bounded =
                new BoundedOutOfOrdernessWatermarks<>(maxOutOfOrderness);
        this.generator =
                idleness.isZero()
                        ? bounded
                        : new WatermarksWithIdleness<>(bounded, idleness, clock);
    }

    @Override
    public void onEvent(Decoded decoded, long eventTime, WatermarkOutput output) {
        if (decoded instanceof Decoded.Accepted accepted
                && !(accepted.event() instanceof Query)
                && believes(eventTime)) {
            generator.onEvent(decoded, eventTime, output);
        }
    }

    private boolean believes(long eventTime) {
        boolean near = maxJumpMillis == 0 || newest == NONE || eventTime - newest <= maxJumpMillis;
        boolean followed =
                disbelieved != NONE && Math.abs(eventTime - disbelieved) <= maxJumpMillis;
        if (near || followed) {
            newest = Math.max(newest, eventTime);
            disbelieved = NONE;
            return true;
        }
        disbelieved = eventTime;
        return false;
    }

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {
        generator.onPeriodicEmit(output);
    }
}
