package io.oxbow.jobs.encoding;

import io.oxbow.flink.OxbowOptions;
import io.oxbow.flink.event.Observation;
import io.oxbow.jobs.JobOptions;
import io.oxbow.kafka.EventTypes;
import io.oxbow.kafka.KafkaOptions;
import java.io.Serializable;
import java.util.Arrays;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ReadableConfig;

/**
 * How recordings become observations.
 *
 * @param ttlMillis event time after which a silent stream's references are forgotten; 0: never
 * @param maxTimeJumpMillis how far an event time may leap past its stream's newest; 0 for any
 * @param maxSequenceJump sequence numbers missing before an event at most
 * @param paddedDim values that a shorter vector is filled up to; 0: vectors stay as they are
 * @param pictures what encodes them
 */
record EncodingSettings(
        long ttlMillis,
        long maxTimeJumpMillis,
        long maxSequenceJump,
        int paddedDim,
        FrameEncoderSettings pictures)
        implements Serializable {

    /**
     * @param inputDim values that the model takes
     */
    static EncodingSettings of(ReadableConfig options, int inputDim) {
        // A model is loaded where there are pictures for it, and nowhere else.
        boolean readsPictures = options.get(KafkaOptions.INPUTS).contains(EventTypes.FRAME.name());
        return new EncodingSettings(
                options.get(OxbowOptions.STATE_TTL).toMillis(),
                options.get(OxbowOptions.TIME_MAX_JUMP).toMillis(),
                options.get(OxbowOptions.SEQUENCE_MAX_JUMP),
                options.get(JobOptions.PAD_VECTORS) ? inputDim : 0,
                FrameEncoderSettings.of(readsPictures ? options : new Configuration()));
    }

    /** The same observation, zeros behind its values if there are too few. */
    Observation padded(Observation event) {
        if (event.values().length >= paddedDim) {
            return event;
        }
        return new Observation(
                event.streamId(),
                event.epoch(),
                event.seq(),
                event.eventTime(),
                event.ingestTime(),
                event.encoderHash(),
                Arrays.copyOf(event.values(), paddedDim),
                event.health(),
                event.origin());
    }
}
