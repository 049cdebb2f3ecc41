/**
 * Kills, pauses and rescales a job on a real cluster of processes, and compares what it committed
 * with an undisturbed run.
 */
package io.oxbow.bench.chaos;
