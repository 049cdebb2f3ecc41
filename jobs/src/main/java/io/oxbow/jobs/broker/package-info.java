/** A Kafka broker of one's own, for the demo and for tests. */
package io.oxbow.jobs.broker;
