package io.oxbow.kafka;

import io.oxbow.flink.event.ModelUpdate;
import io.oxbow.flink.event.StreamEvent;
import io.oxbow.kafka.event.DeadLetter;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * What a job reads, with timestamps and watermarks, not yet keyed.
 *
 * @param observations null if no topic of observations is read
 * @param questions null if the topic of questions is not read
 * @param models null if the topic of models is not read
 * @param deadLetters records that were refused before they had a key
 */
public record StreamInputs(
        DataStream<StreamEvent> observations,
        DataStream<StreamEvent> questions,
        DataStream<ModelUpdate> models,
        DataStream<DeadLetter> deadLetters) {

    /** Observations and questions in one. */
    public DataStream<StreamEvent> events() {
        if (observations == null) {
            return questions;
        }
        return questions == null ? observations : observations.union(questions);
    }
}
