/**
 * A Flink cluster on this machine whose parts are processes of their own, as it is run for real.
 */
package io.oxbow.jobs.cluster;
