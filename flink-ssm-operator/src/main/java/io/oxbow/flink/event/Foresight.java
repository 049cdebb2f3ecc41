package io.oxbow.flink.event;

import org.apache.flink.api.common.typeinfo.TypeInfo;

/**
 * A question about the future, and with it what the model expected of the stream at that place
 * among its events. Treat the arrays as immutable.
 *
 * @param horizon how many events ahead
 * @param expected (channels, horizon), row-major, in the units of the values
 * @param low (channels, horizon) one standard error of such forecasts below
 * @param high (channels, horizon) one standard error above
 */
@TypeInfo(EventTypeInfoFactory.class)
public record Foresight(Query query, int horizon, float[] expected, float[] low, float[] high)
        implements StreamSignal {

    @Override
    public String streamId() {
        return query.streamId();
    }

    @Override
    public long eventTime() {
        return query.eventTime();
    }
}
