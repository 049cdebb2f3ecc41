package io.oxbow.jobs.cluster;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What a {@link ProcessCluster} is made of.
 *
 * @param folder of configuration, storage and logs; made if it is not there, kept at the end
 * @param slots of each TaskManager
 * @param highAvailability with ZooKeeper beside it, so that the JobManager may die too
 * @param flinkOptions over the usual ones
 * @param taskManagerArguments of the TaskManagers' JVMs, after the usual ones, for example
 *     {@code @/opt/tornadovm/tornado-argfile}; of two that contradict each other the last counts
 * @param flinkLibraries jars and folders that every process has before Flink's own, as if they lay
 *     in Flink's folder {@code lib}
 * @param network that joins the processes; whoever made it closes it
 */
public record ClusterSettings(
        Path folder,
        int slots,
        boolean highAvailability,
        Map<String, String> flinkOptions,
        List<String> taskManagerArguments,
        List<Path> flinkLibraries,
        ClusterNetwork network) {

    public ClusterSettings {
        flinkOptions = Map.copyOf(flinkOptions);
        taskManagerArguments = List.copyOf(taskManagerArguments);
        flinkLibraries = List.copyOf(flinkLibraries);
    }

    /** Two slots for each TaskManager, no ZooKeeper, nothing special, on the loopback interface. */
    public static ClusterSettings in(Path folder) {
        return new ClusterSettings(
                folder.toAbsolutePath(),
                2,
                false,
                Map.of(),
                List.of(),
                List.of(),
                ClusterNetwork.LOOPBACK);
    }

    public ClusterSettings withSlots(int slots) {
        return new ClusterSettings(
                folder,
                slots,
                highAvailability,
                flinkOptions,
                taskManagerArguments,
                flinkLibraries,
                network);
    }

    public ClusterSettings withHighAvailability() {
        return new ClusterSettings(
                folder, slots, true, flinkOptions, taskManagerArguments, flinkLibraries, network);
    }

    public ClusterSettings withFlinkOptions(Map<String, String> options) {
        return new ClusterSettings(
                folder,
                slots,
                highAvailability,
                options,
                taskManagerArguments,
                flinkLibraries,
                network);
    }

    public ClusterSettings withTaskManagerArguments(List<String> arguments) {
        return new ClusterSettings(
                folder, slots, highAvailability, flinkOptions, arguments, flinkLibraries, network);
    }

    public ClusterSettings withFlinkLibraries(List<Path> libraries) {
        return new ClusterSettings(
                folder,
                slots,
                highAvailability,
                flinkOptions,
                taskManagerArguments,
                libraries,
                network);
    }

    public ClusterSettings withNetwork(ClusterNetwork network) {
        return new ClusterSettings(
                folder,
                slots,
                highAvailability,
                flinkOptions,
                taskManagerArguments,
                flinkLibraries,
                network);
    }
}
