package io.oxbow.kafka;

import io.oxbow.flink.event.Health;
import io.oxbow.flink.event.Observation;
import io.oxbow.flink.event.Origin;
import io.oxbow.flink.event.Recording;
import io.oxbow.flink.event.StreamEvent;
import io.oxbow.json.Json;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * CloudEvents 1.0 of other programs whose data are numbers, in both forms of the Kafka binding:
 * binary ({@code ce_*} headers, the value is the data) and structured (the value is the whole event
 * as JSON).
 *
 * <p>The stream is {@code subject}, else {@code source}; the event time is {@code time}. The data
 * are JSON: a list of numbers, an object with such a list as {@code values}, or an object whose
 * numbers are the channels in the order of their names. {@code null} is a gap.
 */
final class CloudEventInput implements ForeignInput {
    static final String NAME = "cloudevents";
    private static final long serialVersionUID = 1L;
    private static final String PREFIX = "ce_";
    private static final long NO_ENCODER = 0;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public StreamEvent read(ConsumerRecord<byte[], byte[]> record, Origin origin)
            throws EventDecodingException {
        boolean binary = record.headers().lastHeader(PREFIX + "specversion") != null;
        Json.Obj structured = binary ? null : ForeignJson.object(record.value());
        Json data = binary ? ForeignJson.parse(record.value()) : structured.get("data");
        String version = attribute(record, structured, "specversion");
        if (version == null || !version.startsWith("1.")) {
            throw new EventDecodingException(
                    "The record is no CloudEvent of version 1 but of "
                            + (version == null ? "none" : version)
                            + ".");
        }
        String subject = attribute(record, structured, "subject");
        String stream = subject != null ? subject : attribute(record, structured, "source");
        if (stream == null) {
            throw new EventDecodingException("The event has neither a subject nor a source.");
        }
        String time = attribute(record, structured, "time");
        if (time == null) {
            throw new EventDecodingException("The event has no time.");
        }
        return event(stream, ForeignJson.time(time), values(data), record.timestamp(), origin);
    }

    /** Null if the event has no such attribute. */
    private static String attribute(
            ConsumerRecord<byte[], byte[]> record, Json.Obj structured, String name) {
        if (structured != null) {
            return structured.get(name) instanceof Json.Str text ? text.value() : null;
        }
        Header header = record.headers().lastHeader(PREFIX + name);
        return header == null || header.value() == null
                ? null
                : new String(header.value(), StandardCharsets.UTF_8);
    }

    private static float[] values(Json data) throws EventDecodingException {
        if (data instanceof Json.Arr list) {
            return floats(list.elements());
        }
        if (data instanceof Json.Obj object) {
            if (object.get("values") instanceof Json.Arr list) {
                return floats(list.elements());
            }
            Map<String, Json> numbers = new TreeMap<>(object.members());
            numbers.values().removeIf(v -> !(v instanceof Json.Num || v instanceof Json.Null));
            return floats(new ArrayList<>(numbers.values()));
        }
        throw new EventDecodingException("The event's data are no JSON list or object.");
    }

    private static float[] floats(List<Json> elements) throws EventDecodingException {
        if (elements.isEmpty()) {
            throw new EventDecodingException("The event's data have no numbers.");
        }
        float[] values = new float[elements.size()];
        for (int i = 0; i < values.length; i++) {
            if (elements.get(i) instanceof Json.Num number) {
                values[i] = (float) number.asDouble();
                if (!Float.isFinite(values[i])) {
                    throw new EventDecodingException(
                            "Value " + i + " of the event is " + number.literal() + ".");
                }
            } else if (elements.get(i) instanceof Json.Null) {
                values[i] = Float.NaN;
            } else {
                throw new EventDecodingException("Value " + i + " of the event is no number.");
            }
        }
        return values;
    }

    private static StreamEvent event(
            String stream, long time, float[] values, long recordTime, Origin origin) {
        long ingestTime = Math.max(0, recordTime);
        boolean gaps = false;
        for (float value : values) {
            gaps |= Float.isNaN(value);
        }
        if (!gaps) {
            return new Observation(
                    stream,
                    0,
                    Observation.UNNUMBERED,
                    time,
                    ingestTime,
                    NO_ENCODER,
                    values,
                    Health.OK,
                    origin);
        }
        ByteBuffer bytes =
                ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return new Recording(
                stream,
                0,
                Observation.UNNUMBERED,
                time,
                ingestTime,
                Recording.Kind.READING,
                "f32",
                0,
                values.length,
                bytes.array(),
                "",
                "",
                Health.OK,
                origin);
    }
}
