package io.oxbow.flink.event;

/** The Kafka record an event came from. */
public record Origin(String topic, int partition, long offset) {
    /** For events that came from elsewhere. */
    public static final Origin NONE = new Origin("", -1, -1);
}
