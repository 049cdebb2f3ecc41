package io.oxbow.kafka;

import io.oxbow.flink.event.StreamEvent;
import io.oxbow.kafka.event.DeadLetter;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * What a job reads.
 *
 * @param events observations and questions, with timestamps and watermarks, not yet keyed
 * @param deadLetters records that were refused before they had a key
 */
public record StreamInputs(DataStream<StreamEvent> events, DataStream<DeadLetter> deadLetters) {}
