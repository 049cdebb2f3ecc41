package io.oxbow.bench.plan;

/**
 * What one machine gives.
 *
 * @param cores of a TaskManager
 * @param utilisation share of them that may be busy in steady state; the rest catches up after a
 *     restart
 * @param residentBytes of states a TaskManager holds in memory
 * @param diskBytes of its local disk, for RocksDB
 * @param diskBandwidth bytes a second it reads and writes
 * @param network bytes a second, each way
 * @param brokerBandwidth bytes a second that one broker writes, replicas included
 * @param replicas of each record
 * @param spaceAmplification bytes on disk for each byte of state
 */
record Machines(
        int cores,
        double utilisation,
        double residentBytes,
        double diskBytes,
        double diskBandwidth,
        double network,
        double brokerBandwidth,
        int replicas,
        double spaceAmplification) {}
