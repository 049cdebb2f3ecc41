package io.oxbow.jobs.cluster;

import java.util.List;

/** Where the processes of a cluster are reached by each other. */
public interface ClusterNetwork {
    /** All on this machine's loopback interface. */
    ClusterNetwork LOOPBACK =
            new ClusterNetwork() {
                @Override
                public String host() {
                    return "127.0.0.1";
                }

                @Override
                public String taskManagerHost(int index) {
                    return host();
                }

                @Override
                public List<String> taskManagerCommand(int index) {
                    return List.of();
                }
            };

    /** Address of the JobManager, of ZooKeeper and of what else runs on this machine. */
    String host();

    /** Address of a TaskManager. */
    String taskManagerHost(int index);

    /** What precedes the command that starts a TaskManager, so that it has its address. */
    List<String> taskManagerCommand(int index);
}
