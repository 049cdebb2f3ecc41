package io.oxbow.bench.plan;

/**
 * Machines for so many streams, by what they are short of first.
 *
 * @param streams with one event every {@code 1 / rate} seconds each
 * @param events a second, of all
 * @param taskManagers the fewest with which nothing is exceeded
 * @param boundBy what one TaskManager less would exceed: {@code cores}, {@code disk space}, {@code
 *     disk bandwidth} or {@code network}
 * @param cores busy at the machines' utilisation
 * @param stateBytes of all streams
 * @param residentShare of the states that are in memory; the others are read and written at each
 *     event
 * @param checkpointBytes of one incremental checkpoint: every stream that had an event since the
 *     one before is written whole
 * @param checkpointBandwidth bytes a second into the checkpoints' storage, on average
 * @param restoreSeconds to read all states back, every TaskManager at its network's speed
 * @param kafkaIn bytes a second of events
 * @param kafkaOut bytes a second of results
 * @param brokers that write both, all replicas
 */
record SizePlan(
        long streams,
        double events,
        long taskManagers,
        String boundBy,
        double cores,
        double stateBytes,
        double residentShare,
        double checkpointBytes,
        double checkpointBandwidth,
        double restoreSeconds,
        double kafkaIn,
        double kafkaOut,
        long brokers) {

    /**
     * @param rate events a second of one stream
     * @param checkpointSeconds between two checkpoints
     */
    static SizePlan of(
            long streams, double rate, double checkpointSeconds, Costs costs, Machines machines) {
        double events = streams * rate;
        double state = (double) streams * costs.stateBytes();
        double kafkaIn = events * costs.bytesIn();
        double kafkaOut = events * costs.bytesOut();
        // Events of a stream fall independently: so many streams have at least one.
        double touched = streams * -Math.expm1(-rate * checkpointSeconds);
        double checkpoint = touched * costs.stateBytes();
        double checkpointBandwidth = checkpoint / checkpointSeconds;
        double cores = events / costs.coreRate();
        double network = Math.max(kafkaIn, kafkaOut + checkpointBandwidth);

        long byCores = whole(cores / (machines.cores() * machines.utilisation()));
        long bySpace = whole(state * machines.spaceAmplification() / machines.diskBytes());
        long byNetwork = whole(network / machines.network());
        long byDisk = byDiskBandwidth(events, state, checkpointBandwidth, costs, machines);
        long most = Math.max(Math.max(byCores, bySpace), Math.max(byNetwork, byDisk));
        String boundBy =
                most == byCores
                        ? "cores"
                        : most == bySpace
                                ? "disk space"
                                : most == byDisk ? "disk bandwidth" : "network";
        return new SizePlan(
                streams,
                events,
                most,
                boundBy,
                cores,
                state,
                residentShare(most, state, machines),
                checkpoint,
                checkpointBandwidth,
                state / (most * machines.network()),
                kafkaIn,
                kafkaOut,
                whole((kafkaIn + kafkaOut) * machines.replicas() / machines.brokerBandwidth()));
    }

    private static double residentShare(long taskManagers, double state, Machines machines) {
        return Math.min(1, taskManagers * machines.residentBytes() / state);
    }

    /**
     * The fewest TaskManagers whose disks carry the states that are not resident, each read and
     * written at its event, and what a checkpoint reads: more machines hold more in memory too.
     */
    private static long byDiskBandwidth(
            double events,
            double state,
            double checkpointBandwidth,
            Costs costs,
            Machines machines) {
        long low = 1;
        long high = 1L << 40;
        while (low < high) {
            long middle = (low + high) / 2;
            double missed = 1 - residentShare(middle, state, machines);
            double traffic = events * missed * 2 * costs.stateBytes() + 2 * checkpointBandwidth;
            if (traffic <= middle * machines.diskBandwidth()) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    private static long whole(double machines) {
        return Math.max(1, (long) Math.ceil(machines));
    }

    String text() {
        return ("%,12d streams %,14.0f events/s: %,6d TaskManagers (%s), %,6d brokers; state %s, %.0f %%"
                        + " resident; checkpoint %s, %s/s; Kafka %s/s in, %s/s out; restored in %.0f s")
                .formatted(
                        streams,
                        events,
                        taskManagers,
                        boundBy,
                        brokers,
                        bytes(stateBytes),
                        100 * residentShare,
                        bytes(checkpointBytes),
                        bytes(checkpointBandwidth),
                        bytes(kafkaIn),
                        bytes(kafkaOut),
                        restoreSeconds);
    }

    private static String bytes(double count) {
        String[] units = {"B", "kB", "MB", "GB", "TB", "PB"};
        double rest = count;
        int unit = 0;
        while (rest >= 1000 && unit < units.length - 1) {
            rest /= 1000;
            unit++;
        }
        return (rest < 10 ? "%.1f %s" : "%.0f %s").formatted(rest, units[unit]);
    }
}
