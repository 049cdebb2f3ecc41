package io.oxbow.jobs.encoding;

import io.oxbow.flink.event.EventTypes;
import io.oxbow.flink.event.Observation;
import io.oxbow.flink.event.Recording;
import io.oxbow.flink.event.Rejected;
import io.oxbow.flink.event.StreamEvent;
import io.oxbow.jobs.encoding.SignalEncoder.Encoded;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Encodes the recordings of many streams, each with the references of its own stream, which live in
 * keyed state. Observations and questions pass. A repeated recording is dropped and a late one put
 * aside before they touch the references, so that a replay ends in the same state.
 */
final class EncodingFunction extends KeyedProcessFunction<String, StreamEvent, StreamEvent> {
    /** Recordings that cannot be encoded. */
    static final OutputTag<Rejected> REJECTED =
            new OutputTag<>("oxbow-not-encoded", EventTypes.REJECTED);

    private static final long serialVersionUID = 1L;
    private static final String STAGE = "encoding";

    private final long ttlMillis;
    private transient ValueState<EncoderState> states;
    private transient Map<Recording.Kind, SignalEncoder> encoders;
    private transient Counter encoded;
    private transient Counter refused;
    private transient Counter duplicates;
    private transient Counter empty;

    /**
     * @param ttlMillis event time after which a silent stream's references are forgotten; 0: never
     */
    EncodingFunction(long ttlMillis) {
        this.ttlMillis = ttlMillis;
    }

    @Override
    public void open(OpenContext context) {
        states =
                getRuntimeContext()
                        .getState(
                                new ValueStateDescriptor<>(
                                        "encoder-state", EncoderStateSerializer.INSTANCE));
        encoders = new EnumMap<>(Recording.Kind.class);
        encoders.put(Recording.Kind.PICTURE, new PictureEncoder());
        encoders.put(Recording.Kind.SOUND, new SoundEncoder());
        encoders.put(Recording.Kind.READING, new ReadingEncoder());
        var metrics = getRuntimeContext().getMetricGroup();
        encoded = metrics.counter("recordingsEncoded");
        refused = metrics.counter("recordingsRefused");
        duplicates = metrics.counter("duplicateRecordings");
        empty = metrics.counter("emptyReadings");
    }

    @Override
    public void processElement(StreamEvent event, Context context, Collector<StreamEvent> out)
            throws Exception {
        if (event instanceof Recording recording) {
            encode(recording, context, out);
            return;
        }
        if (event instanceof Observation observation && observation.encoderHash() == 0) {
            remember(observation, context);
        }
        out.collect(event);
    }

    /** A sensor's whole reading fills the gaps of its next. */
    private void remember(Observation whole, Context context) throws IOException {
        EncoderState state = states.value();
        if (state == null || whole.eventTime() >= state.lastEventTime()) {
            update(
                    new EncoderState(
                            ReadingEncoder.hash(whole.values().length),
                            whole.epoch(),
                            whole.seq(),
                            whole.eventTime(),
                            whole.values()),
                    context);
        }
    }

    private void encode(Recording recording, Context context, Collector<StreamEvent> out)
            throws IOException {
        EncoderState state = states.value();
        if (state != null
                && recording.epoch() == state.epoch()
                && recording.seq() != Observation.UNNUMBERED
                && recording.seq() <= state.lastSeq()) {
            duplicates.inc();
            return;
        }
        try {
            if (state != null && recording.eventTime() < state.lastEventTime()) {
                throw new RecordingException(
                        "the recording is older than the newest of its stream");
            }
            SignalEncoder encoder = encoders.get(recording.kind());
            long hash = encoder.hash(recording);
            boolean goesOn = state != null && state.encoderHash() == hash;
            Encoded result = encoder.encode(recording, goesOn ? state.references() : null);
            update(
                    new EncoderState(
                            hash,
                            recording.epoch(),
                            recording.seq(),
                            recording.eventTime(),
                            result.references()),
                    context);
            if (result.features().length == 0) {
                empty.inc();
                return;
            }
            encoded.inc();
            out.collect(recording.encoded(result.hash(), result.features(), result.health()));
        } catch (RecordingException e) {
            refused.inc();
            context.output(REJECTED, recording.refused(STAGE, e.getMessage()));
        }
    }

    private void update(EncoderState state, Context context) throws IOException {
        states.update(state);
        if (ttlMillis > 0) {
            // Whole spans, so that a stream has a timer or two and not one an event.
            long span = Math.floorDiv(state.lastEventTime(), ttlMillis) + 2;
            context.timerService().registerEventTimeTimer(span * ttlMillis);
        }
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<StreamEvent> out)
            throws IOException {
        EncoderState state = states.value();
        if (state != null && state.lastEventTime() + ttlMillis <= timestamp) {
            states.clear();
        }
    }
}
