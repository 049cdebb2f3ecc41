package io.oxbow.kafka;

import io.oxbow.flink.event.ModelUpdate;
import io.oxbow.flink.event.Observation;
import io.oxbow.flink.event.Rejected;
import io.oxbow.flink.metric.OxbowMetric;
import io.oxbow.kafka.event.DeadLetter;
import io.oxbow.kafka.event.RecordHeader;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * Makes dead letters: of records that could not be read, and of observations that an operator would
 * not let touch its state. The same refusal makes the same letter. Not thread-safe.
 */
public final class DeadLetters extends RichMapFunction<Rejected, DeadLetter>
        implements ResultTypeQueryable<DeadLetter> {
    /** Where records are refused that cannot be read. */
    public static final String DECODE_STAGE = "decode";

    /** Where models are refused that the job cannot go over to. */
    public static final String MODEL_STAGE = "model";

    private static final long serialVersionUID = 1L;
    private static final int UNKNOWN = -1;

    /** Bytes a header takes beside its name and value, at most. */
    private static final int HEADER_OVERHEAD = 16;

    /** What could be told of a refused event. */
    record Subject(String streamId, long epoch, long seq, long eventTime) implements Serializable {}

    private final int maxBytes;
    private transient EventEncoder<io.oxbow.kafka.event.Features> encoder;
    private transient Counter made = new SimpleCounter();

    public DeadLetters(ReadableConfig config) {
        this.maxBytes =
                (int)
                        Math.min(
                                config.get(KafkaOptions.MAX_DEAD_LETTER_SIZE).getBytes(),
                                Integer.MAX_VALUE / 2);
    }

    @Override
    public void open(OpenContext context) {
        made =
                getRuntimeContext()
                        .getMetricGroup()
                        .addGroup(OxbowMetric.GROUP)
                        .counter(OxbowMetric.DEAD_LETTERS.path());
    }

    /** The letter of an observation, its bytes written anew from its content. */
    @Override
    public DeadLetter map(Rejected rejected) {
        if (encoder == null) {
            encoder = new EventEncoder<>(EventTypes.FEATURES);
        }
        made.inc();
        Observation event = rejected.event();
        byte[] value = encoder.encode(EventMappings.OBSERVATION.toRecord(event));
        byte[] key = event.streamId().getBytes(StandardCharsets.UTF_8);
        return new DeadLetter(
                event.streamId(),
                event.epoch(),
                event.seq(),
                event.eventTime(),
                event.origin().topic(),
                event.origin().partition(),
                event.origin().offset(),
                (long) UNKNOWN,
                ByteBuffer.wrap(key),
                cut(value, maxBytes),
                (long) value.length,
                List.of(),
                rejected.stage(),
                rejected.error());
    }

    /** The letter of an update that was refused, {@code value} its bytes. */
    DeadLetter of(ModelUpdate update, byte[] value, String error) {
        return new DeadLetter(
                update.modelId(),
                0L,
                update.version(),
                update.eventTime(),
                update.origin().topic(),
                update.origin().partition(),
                update.origin().offset(),
                (long) UNKNOWN,
                ByteBuffer.wrap(update.modelId().getBytes(StandardCharsets.UTF_8)),
                cut(value, maxBytes),
                (long) value.length,
                List.of(),
                MODEL_STAGE,
                error);
    }

    @Override
    public TypeInformation<DeadLetter> getProducedType() {
        return KafkaTypeInfo.DEAD_LETTER;
    }

    /**
     * The letter of a record.
     *
     * @param subject what could be told of the event, or null
     */
    DeadLetter of(
            ConsumerRecord<byte[], byte[]> record, Subject subject, String stage, String error) {
        Subject known =
                subject != null
                        ? subject
                        : new Subject(streamOf(record.key()), 0, 0, record.timestamp());
        // The key and the headers come first: they are small, and name the record.
        int left = maxBytes;
        ByteBuffer key = cut(record.key(), left);
        left -= key == null ? 0 : key.remaining();
        List<RecordHeader> headers = new ArrayList<>();
        for (Header header : record.headers()) {
            int nameLength = HEADER_OVERHEAD + header.key().getBytes(StandardCharsets.UTF_8).length;
            if (nameLength > left) {
                break;
            }
            ByteBuffer value = cut(header.value(), left - nameLength);
            left -= nameLength + (value == null ? 0 : value.remaining());
            headers.add(new RecordHeader(header.key(), value));
        }
        return new DeadLetter(
                known.streamId(),
                known.epoch(),
                known.seq(),
                known.eventTime(),
                record.topic(),
                record.partition(),
                record.offset(),
                record.timestamp(),
                key,
                cut(record.value(), left),
                record.value() == null ? UNKNOWN : (long) record.value().length,
                headers,
                stage,
                error);
    }

    private static ByteBuffer cut(byte[] bytes, int length) {
        if (bytes == null) {
            return null;
        }
        return ByteBuffer.wrap(bytes.length <= length ? bytes : Arrays.copyOf(bytes, length));
    }

    /** The stream a key names, or empty if it can be no stream's name. */
    private static String streamOf(byte[] key) {
        if (key == null || key.length > StreamIds.MAX_LENGTH) {
            return "";
        }
        String text = new String(key, StandardCharsets.UTF_8);
        return Arrays.equals(text.getBytes(StandardCharsets.UTF_8), key) ? text : "";
    }
}
