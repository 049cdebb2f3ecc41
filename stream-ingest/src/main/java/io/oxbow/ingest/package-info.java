/** Files, cameras and microphones to events on Kafka. */
package io.oxbow.ingest;
