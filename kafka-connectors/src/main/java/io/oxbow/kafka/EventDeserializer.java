package io.oxbow.kafka;

import io.oxbow.flink.OxbowOptions;
import io.oxbow.flink.event.MaxAhead;
import io.oxbow.flink.event.Observation;
import io.oxbow.flink.event.Origin;
import io.oxbow.flink.event.Query;
import io.oxbow.flink.event.Recording;
import io.oxbow.flink.event.StreamEvent;
import io.oxbow.kafka.event.Audio;
import io.oxbow.kafka.event.DeadLetter;
import io.oxbow.kafka.event.Features;
import io.oxbow.kafka.event.Frame;
import io.oxbow.kafka.event.SensorReading;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Turns records of the input topics into observations and questions, and every other record,
 * whatever is in it, into a dead letter: no record fails the job.
 *
 * <p>Checked here is all that needs no state: bytes, key, name, time, dimension, encoder, finite
 * numbers. A sensor reading is refused or accepted whole.
 */
public final class EventDeserializer implements KafkaRecordDeserializationSchema<Decoded> {
    private static final long serialVersionUID = 1L;

    private final EventExpectation expectation;
    private final long maxEventSize;
    private final MaxAhead maxAhead;
    private final DeadLetters deadLetters;
    private final RegistrySettings registry;
    private final HashMap<String, ForeignInput> foreign;
    private transient EventDecoder decoder;

    public EventDeserializer(EventExpectation expectation, ReadableConfig config) {
        this.expectation = expectation;
        this.maxEventSize = config.get(KafkaOptions.MAX_EVENT_SIZE).getBytes();
        this.maxAhead = new MaxAhead(config.get(OxbowOptions.TIME_MAX_AHEAD).toMillis());
        this.deadLetters = new DeadLetters(config);
        this.registry = RegistrySettings.of(config).orElse(null);
        this.foreign = new HashMap<>(ForeignInputs.byTopic(config));
    }

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<Decoded> out) {
        ForeignInput input = foreign.get(record.topic());
        if (input != null) {
            readForeign(input, record, out);
            return;
        }
        SpecificRecordBase event = null;
        try {
            event = decode(record);
            if (event instanceof Features features) {
                Origin origin = origin(record);
                StreamIds.check(features.getStreamId(), record.key());
                out.collect(accept(ObservationMapping.toValue(features, origin)));
            } else if (event instanceof SensorReading reading) {
                StreamIds.check(reading.getStreamId(), record.key());
                accept(SensorReadings.events(reading, origin(record)), out);
            } else if (event instanceof Frame frame) {
                StreamIds.check(frame.getStreamId(), record.key());
                out.collect(accept(Recordings.of(frame, origin(record))));
            } else if (event instanceof Audio audio) {
                StreamIds.check(audio.getStreamId(), record.key());
                out.collect(accept(Recordings.of(audio, origin(record))));
            } else if (event instanceof io.oxbow.kafka.event.Query query) {
                StreamIds.check(query.getStreamId(), record.key());
                out.collect(accept(EventMappings.QUERY.toValue(query)));
            } else {
                throw new EventDecodingException(
                        event.getSchema().getName() + " events are not read by this job.");
            }
        } catch (EventDecodingException e) {
            out.collect(new Decoded.Refused(letter(record, event, e.getMessage())));
        }
    }

    @Override
    public TypeInformation<Decoded> getProducedType() {
        return KafkaTypeInfo.DECODED;
    }

    /** The key is the other program's own: the content says whose the event is. */
    private void readForeign(
            ForeignInput input, ConsumerRecord<byte[], byte[]> record, Collector<Decoded> out) {
        DeadLetters.Subject subject = null;
        try {
            EventChecks.checkSize(record.value(), maxEventSize);
            if (record.value() == null || record.value().length == 0) {
                throw new EventDecodingException("The record is empty.");
            }
            StreamEvent event = input.read(record, origin(record));
            if (StreamIds.isName(event.streamId())) {
                subject = new DeadLetters.Subject(event.streamId(), 0, 0, event.eventTime());
            }
            StreamIds.check(event.streamId(), null);
            accept(List.of(event), out);
        } catch (EventDecodingException e) {
            out.collect(
                    new Decoded.Refused(
                            deadLetters.of(
                                    record, subject, DeadLetters.DECODE_STAGE, e.getMessage())));
        }
    }

    private SpecificRecordBase decode(ConsumerRecord<byte[], byte[]> record)
            throws EventDecodingException {
        byte[] value = record.value();
        EventChecks.checkSize(value, maxEventSize);
        if (decoder == null) {
            decoder = new EventDecoder(SchemaRegistry.behindBundled(registry));
        }
        return decoder.decode(value);
    }

    private void accept(List<StreamEvent> events, Collector<Decoded> out)
            throws EventDecodingException {
        List<Decoded> accepted = new ArrayList<>(events.size());
        for (StreamEvent event : events) {
            accepted.add(
                    event instanceof Recording recording
                            ? accept(recording)
                            : accept((Observation) event));
        }
        accepted.forEach(out::collect);
    }

    private Decoded accept(Recording recording) throws EventDecodingException {
        EventChecks.check(recording, expectation, maxAhead);
        return new Decoded.Accepted(recording);
    }

    private Decoded accept(Observation observation) throws EventDecodingException {
        EventChecks.check(observation, expectation, maxAhead);
        return new Decoded.Accepted(observation);
    }

    private Decoded accept(Query query) throws EventDecodingException {
        EventChecks.check(query);
        return new Decoded.Accepted(query);
    }

    private DeadLetter letter(
            ConsumerRecord<byte[], byte[]> record, SpecificRecordBase event, String error) {
        DeadLetters.Subject subject = null;
        if (event instanceof Features f && StreamIds.isName(f.getStreamId())) {
            subject =
                    new DeadLetters.Subject(
                            f.getStreamId(), f.getEpoch(), f.getSeq(), f.getEventTime());
        } else if (event instanceof SensorReading r && StreamIds.isName(r.getStreamId())) {
            subject =
                    new DeadLetters.Subject(
                            r.getStreamId(), r.getEpoch(), r.getSeq(), r.getEventTime());
        } else if (event instanceof Frame f && StreamIds.isName(f.getStreamId())) {
            subject =
                    new DeadLetters.Subject(
                            f.getStreamId(), f.getEpoch(), f.getSeq(), f.getEventTime());
        } else if (event instanceof Audio a && StreamIds.isName(a.getStreamId())) {
            subject =
                    new DeadLetters.Subject(
                            a.getStreamId(), a.getEpoch(), a.getSeq(), a.getEventTime());
        }
        return deadLetters.of(record, subject, DeadLetters.DECODE_STAGE, error);
    }

    private static Origin origin(ConsumerRecord<byte[], byte[]> record) {
        return new Origin(record.topic(), record.partition(), record.offset());
    }
}
