package io.oxbow.kafka;

import io.oxbow.flink.event.Origin;
import io.oxbow.kafka.event.ModelUpdate;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Turns records of the topic of models into updates, and every other record into a dead letter.
 * Whether there is such a model is for the job to find out.
 */
final class ModelUpdateDeserializer implements KafkaRecordDeserializationSchema<Decoded> {
    private static final long serialVersionUID = 1L;

    private final long maxEventSize;
    private final DeadLetters deadLetters;
    private final RegistrySettings registry;
    private transient EventDecoder decoder;

    ModelUpdateDeserializer(ReadableConfig config) {
        this.maxEventSize = config.get(KafkaOptions.MAX_EVENT_SIZE).getBytes();
        this.deadLetters = new DeadLetters(config);
        this.registry = RegistrySettings.of(config).orElse(null);
    }

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<Decoded> out) {
        try {
            EventChecks.checkSize(record.value(), maxEventSize);
            if (decoder == null) {
                decoder = new EventDecoder(SchemaRegistry.behindBundled(registry));
            }
            ModelUpdate update = decoder.decode(EventTypes.MODEL_UPDATE, record.value());
            if (update.getUri().isBlank()) {
                throw new EventDecodingException("The update says of no model where it lies.");
            }
            out.collect(
                    new Decoded.Offered(
                            ModelUpdateMapping.toValue(
                                    update,
                                    new Origin(
                                            record.topic(), record.partition(), record.offset()))));
        } catch (EventDecodingException e) {
            out.collect(
                    new Decoded.Refused(
                            deadLetters.of(
                                    record, null, DeadLetters.DECODE_STAGE, e.getMessage())));
        }
    }

    @Override
    public TypeInformation<Decoded> getProducedType() {
        return KafkaTypeInfo.DECODED;
    }
}
