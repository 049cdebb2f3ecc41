package io.oxbow.kafka;

import io.oxbow.flink.event.Health;
import io.oxbow.flink.event.Observation;
import io.oxbow.flink.event.Origin;
import io.oxbow.flink.event.Recording;
import io.oxbow.flink.event.StreamEvent;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Messages of NVIDIA DeepStream as recordings of objects; the stream is the sensor. The message is
 * read whole here, so that a broken one is refused where its bytes are at hand, and once more where
 * it is encoded.
 */
final class DeepStreamInput implements ForeignInput {
    static final String NAME = "deepstream";
    private static final long serialVersionUID = 1L;

    private final String format;

    DeepStreamInput(ReadableConfig config) {
        int width = config.get(KafkaOptions.DEEPSTREAM_WIDTH);
        int height = config.get(KafkaOptions.DEEPSTREAM_HEIGHT);
        if (width < 1 || height < 1) {
            throw new IllegalArgumentException(
                    KafkaOptions.DEEPSTREAM_WIDTH.key()
                            + " and "
                            + KafkaOptions.DEEPSTREAM_HEIGHT.key()
                            + " must be at least 1, not "
                            + width
                            + " and "
                            + height);
        }
        format = NAME + "/" + width + "x" + height;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public StreamEvent read(ConsumerRecord<byte[], byte[]> record, Origin origin)
            throws EventDecodingException {
        DeepStreamFrame frame = DeepStreamFrame.parse(record.value());
        return new Recording(
                frame.sensorId(),
                0,
                Observation.UNNUMBERED,
                frame.eventTime(),
                Math.max(0, record.timestamp()),
                Recording.Kind.OBJECTS,
                format,
                0,
                0,
                record.value(),
                "",
                "",
                Health.OK,
                origin);
    }
}
