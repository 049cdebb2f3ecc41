/**
 * Events on Kafka: their bytes, the records that carry them, and the sources and sinks of a job.
 */
package io.oxbow.kafka;
