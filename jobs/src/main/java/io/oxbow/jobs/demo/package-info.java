/** The whole way of an event on one machine: cameras, broker, job, and what it found. */
package io.oxbow.jobs.demo;
