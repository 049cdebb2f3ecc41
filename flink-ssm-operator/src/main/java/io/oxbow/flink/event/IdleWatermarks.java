package io.oxbow.flink.event;

import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;

/** No watermarks, and never a reason to wait for one: for questions, which have no event time. */
public final class IdleWatermarks<T> implements WatermarkGenerator<T> {

    @Override
    public void onEvent(T event, long eventTime, WatermarkOutput output) {}

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {
        output.markIdle();
    }
}
