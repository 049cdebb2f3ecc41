package io.oxbow.kafka;

import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;

/** No watermarks, and never a reason to wait for one: for questions, which have no event time. */
final class IdleWatermarks implements WatermarkGenerator<Decoded> {

    @Override
    public void onEvent(Decoded decoded, long eventTime, WatermarkOutput output) {}

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {
        output.markIdle();
    }
}
