/** A question put to a stream's memory, and its answer in the terminal. */
package io.oxbow.jobs.ask;
