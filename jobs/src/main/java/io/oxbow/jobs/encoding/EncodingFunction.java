package io.oxbow.jobs.encoding;

import io.oxbow.flink.event.EventTypes;
import io.oxbow.flink.event.Observation;
import io.oxbow.flink.event.Recording;
import io.oxbow.flink.event.Rejected;
import io.oxbow.flink.event.StreamEvent;
import io.oxbow.flink.metric.OxbowMetric;
import io.oxbow.flink.state.ClockJumps;
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
 * keyed state. Observations and questions pass. A repeated recording, which is never newer than the
 * newest, is dropped and a late one put aside before they touch the references, so that a replay
 * ends in the same state. One whose time or number leaps beyond belief leaves no trace here, and is
 * refused by the operator behind.
 */
final class EncodingFunction extends KeyedProcessFunction<String, StreamEvent, StreamEvent> {
    /** Recordings that cannot be encoded. */
    static final OutputTag<Rejected> REJECTED =
            new OutputTag<>("oxbow-not-encoded", EventTypes.REJECTED);

    private static final long serialVersionUID = 1L;
    private static final String STAGE = "encoding";

    private final EncodingSettings settings;
    private transient ValueState<EncoderState> states;
    private transient ClockJumps clockJumps;
    private transient Map<Recording.Kind, SignalEncoder> encoders;
    private transient FrameEncoders frameEncoders;
    private transient Counter encoded;
    private transient Counter refused;
    private transient Counter duplicates;
    private transient Counter empty;

    EncodingFunction(EncodingSettings settings) {
        this.settings = settings;
    }

    @Override
    public void open(OpenContext context) {
        states =
                getRuntimeContext()
                        .getState(
                                new ValueStateDescriptor<>(
                                        "encoder-state", EncoderStateSerializer.INSTANCE));
        clockJumps = new ClockJumps(settings.maxTimeJumpMillis(), getRuntimeContext()::getState);
        encoders = new EnumMap<>(Recording.Kind.class);
        frameEncoders = FrameEncoders.of(settings.pictures());
        encoders.put(Recording.Kind.PICTURE, new PictureEncoder(frameEncoders.create()));
        encoders.put(Recording.Kind.SOUND, new SoundEncoder());
        encoders.put(Recording.Kind.READING, new ReadingEncoder());
        encoders.put(Recording.Kind.OBJECTS, new ObjectsEncoder());
        var metrics = getRuntimeContext().getMetricGroup().addGroup(OxbowMetric.GROUP);
        encoded = metrics.counter(OxbowMetric.ENCODED.path());
        refused = metrics.counter(OxbowMetric.NOT_ENCODED.path());
        duplicates = metrics.counter(OxbowMetric.DUPLICATE_RECORDINGS.path());
        empty = metrics.counter(OxbowMetric.EMPTY_READINGS.path());
    }

    @Override
    public void close() {
        if (frameEncoders != null) {
            frameEncoders.close();
        }
    }

    @Override
    public void processElement(StreamEvent event, Context context, Collector<StreamEvent> out)
            throws Exception {
        if (event instanceof Recording recording) {
            encode(recording, context, out);
            return;
        }
        if (event instanceof Observation observation) {
            if (observation.encoderHash() == 0) {
                remember(observation, context);
            }
            out.collect(settings.padded(observation));
        } else {
            out.collect(event);
        }
    }

    /** A sensor's whole reading fills the gaps of its next. */
    private void remember(Observation whole, Context context) throws IOException {
        EncoderState state = states.value();
        boolean goesOn =
                state == null
                        || whole.eventTime() >= state.lastEventTime()
                                && believes(state, whole.epoch(), whole.seq(), whole.eventTime());
        if (goesOn) {
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
                && recording.seq() <= state.lastSeq()
                && recording.eventTime() <= state.lastEventTime()) {
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
            if (state == null
                    || believes(state, recording.epoch(), recording.seq(), recording.eventTime())) {
                update(
                        new EncoderState(
                                hash,
                                recording.epoch(),
                                recording.seq(),
                                recording.eventTime(),
                                result.references()),
                        context);
            }
            if (result.features().length == 0) {
                empty.inc();
                return;
            }
            encoded.inc();
            out.collect(
                    settings.padded(
                            recording.encoded(result.hash(), result.features(), result.health())));
        } catch (RecordingException e) {
            refused.inc();
            context.output(REJECTED, recording.refused(STAGE, e.getMessage()));
        }
    }

    /** The operator behind decides by the same rules, and refuses what is not believed. */
    private boolean believes(EncoderState state, long epoch, long seq, long time)
            throws IOException {
        boolean leaps =
                epoch == state.epoch()
                        && seq > state.lastSeq()
                        && seq - state.lastSeq() - 1 > settings.maxSequenceJump();
        return !leaps && clockJumps.believes(state.lastEventTime(), time, seq);
    }

    private void update(EncoderState state, Context context) throws IOException {
        states.update(state);
        long ttlMillis = settings.ttlMillis();
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
        if (state != null && state.lastEventTime() + settings.ttlMillis() <= timestamp) {
            states.clear();
        }
    }
}
