package io.oxbow.bench.plan;

/**
 * What one event and one stream cost.
 *
 * @param coreRate events a second that one core of a TaskManager carries, Kafka's side included
 * @param modelBytes of state a stream, the model's row
 * @param summaryBytes of state a stream, the summariser's memory
 * @param bytesIn of an event on Kafka, its headers included
 * @param bytesOut of an event's results on Kafka
 */
record Costs(double coreRate, long modelBytes, long summaryBytes, long bytesIn, long bytesOut) {

    /** Of one stream, both operators. */
    long stateBytes() {
        return modelBytes + summaryBytes;
    }
}
