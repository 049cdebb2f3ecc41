/** Commands that read recordings and cameras: to Kafka, to a file, to a verdict. */
package io.oxbow.jobs.ingest;
