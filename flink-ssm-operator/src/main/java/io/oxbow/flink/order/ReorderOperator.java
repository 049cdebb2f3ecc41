package io.oxbow.flink.order;

import io.oxbow.flink.event.EventTypes;
import io.oxbow.flink.event.MaxAhead;
import io.oxbow.flink.event.Observation;
import io.oxbow.flink.event.StreamEvent;
import java.io.Serial;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Puts each stream's observations into the order of their event times: one waits in keyed state
 * until the watermark is a given time past it, and those that came meanwhile leave with it, sorted.
 * Observations that come later than that, those with a time that cannot be, and questions go on at
 * once.
 *
 * <p>The watermark is held back by as much, so that what leaves here is never behind it. Sits
 * before the inference operator, on the same keys. Mailbox thread only.
 */
public final class ReorderOperator extends AbstractStreamOperator<StreamEvent>
        implements OneInputStreamOperator<StreamEvent, StreamEvent>,
                Triggerable<String, VoidNamespace> {
    @Serial private static final long serialVersionUID = 1L;

    private static final Comparator<StreamEvent> IN_ORDER =
            Comparator.comparing(
                    Observation.class::cast,
                    Comparator.comparingLong(Observation::epoch)
                            .thenComparingLong(Observation::seq));

    private final long withinMillis;
    private final MaxAhead maxAhead;

    private transient MapState<Long, List<StreamEvent>> waiting;
    private transient InternalTimerService<VoidNamespace> timers;
    private transient StreamRecord<StreamEvent> outgoing;

    /**
     * @param withinMillis event time an observation waits
     * @param maxAhead what the inference operator refuses, which must not wait for its time to come
     */
    public ReorderOperator(long withinMillis, MaxAhead maxAhead) {
        this.withinMillis = withinMillis;
        this.maxAhead = maxAhead;
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        waiting =
                context.getKeyedStateStore()
                        .getMapState(
                                new MapStateDescriptor<>(
                                        "waiting",
                                        Types.LONG,
                                        Types.LIST(EventTypes.STREAM_EVENT)));
    }

    @Override
    public void open() throws Exception {
        super.open();
        timers = getInternalTimerService("order", VoidNamespaceSerializer.INSTANCE, this);
        outgoing = new StreamRecord<>(null);
    }

    @Override
    public void processElement(StreamRecord<StreamEvent> element) throws Exception {
        if (element.getValue() instanceof Observation event && waits(event)) {
            long time = event.eventTime();
            List<StreamEvent> events = waiting.get(time);
            if (events == null) {
                events = new ArrayList<>(1);
            }
            events.add(event);
            waiting.put(time, events);
            timers.registerEventTimeTimer(VoidNamespace.INSTANCE, time + withinMillis);
        } else {
            output.collect(element);
        }
    }

    private boolean waits(Observation event) {
        long time = event.eventTime();
        return time <= Long.MAX_VALUE - withinMillis
                && time + withinMillis > timers.currentWatermark()
                && maxAhead.refusal(event) == null;
    }

    @Override
    public void onEventTime(InternalTimer<String, VoidNamespace> timer) throws Exception {
        long time = timer.getTimestamp() - withinMillis;
        List<StreamEvent> events = waiting.get(time);
        waiting.remove(time);
        events.sort(IN_ORDER);
        for (StreamEvent event : events) {
            output.collect(outgoing.replace(event, time));
        }
    }

    @Override
    public void onProcessingTime(InternalTimer<String, VoidNamespace> timer) {
        throw new IllegalStateException("no processing-time timers are ever set");
    }

    @Override
    public void processWatermark(Watermark mark) throws Exception {
        if (getTimeServiceManager().isPresent()) {
            getTimeServiceManager().get().advanceWatermark(mark);
        }
        long time = mark.getTimestamp();
        if (time == Long.MAX_VALUE) {
            output.emitWatermark(mark);
        } else if (time > Long.MIN_VALUE + withinMillis) {
            output.emitWatermark(new Watermark(time - withinMillis));
        }
    }
}
