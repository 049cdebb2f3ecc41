/** A Flink cluster inside this process, and the jobs that run on it. */
package io.oxbow.jobs.local;
