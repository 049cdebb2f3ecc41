package io.oxbow.jobs.local;

import io.oxbow.jobs.cli.UserMistake;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.BlobServerOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * A Flink cluster inside this process: a JobManager and one TaskManager, with Flink's web page on
 * localhost. Everything it writes for its own use lies in the work directory, which the caller
 * deletes after {@link #close}.
 */
public final class LocalCluster implements AutoCloseable {
    private static final String HOST = "localhost";
    private static final int LAST_PORT = 65_535;
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(20);

    private final MiniCluster cluster;
    private final Duration closePatience;

    LocalCluster(MiniCluster cluster, Duration closePatience) {
        this.cluster = cluster;
        this.closePatience = closePatience;
    }

    /**
     * Fails where no cluster can be like that, which is better known before much is started.
     *
     * @throws UserMistake that names the option
     */
    public static void mustBePossible(int parallelism, int webPort) {
        if (parallelism < 1) {
            throw new UserMistake("--parallelism must be at least 1, not " + parallelism);
        }
        if (webPort < 0 || webPort > LAST_PORT) {
            throw new UserMistake(
                    "--web-port must lie between 0 and " + LAST_PORT + ", not " + webPort);
        }
    }

    /**
     * Starts a cluster.
     *
     * @param configuration options for the cluster; not changed
     * @param slots how many subtasks of one operator it can run
     * @param webPort where the web page listens, 0 for any free port
     * @param workDirectory for temporary files
     * @throws UserMistake if the port is taken
     */
    public static LocalCluster start(
            Configuration configuration, int slots, int webPort, Path workDirectory)
            throws Exception {
        refuseTakenPort(webPort);
        Configuration local = new Configuration(configuration);
        local.set(RestOptions.ADDRESS, HOST);
        local.set(RestOptions.BIND_ADDRESS, HOST);
        local.set(RestOptions.PORT, webPort);
        local.set(RestOptions.BIND_PORT, Integer.toString(webPort));
        local.set(WebOptions.SUBMIT_ENABLE, false);
        local.set(TaskManagerOptions.NUM_TASK_SLOTS, slots);
        local.set(CoreOptions.TMP_DIRS, workDirectory.toString());
        local.set(WebOptions.TMP_DIR, workDirectory.toString());
        local.set(WebOptions.UPLOAD_DIR, workDirectory.toString());
        local.set(BlobServerOptions.STORAGE_DIRECTORY, workDirectory.resolve("blobs").toString());
        MiniCluster cluster =
                new MiniCluster(
                        new MiniClusterConfiguration.Builder()
                                .setConfiguration(local)
                                .setNumTaskManagers(1)
                                .setNumSlotsPerTaskManager(slots)
                                .build());
        cluster.start();
        return new LocalCluster(cluster, CLOSE_PATIENCE);
    }

    /** Where Flink's web page is. */
    public URI webAddress() throws Exception {
        return cluster.getRestAddress().get();
    }

    /** Submits the pipeline built on {@code environment} and returns at once. */
    public RunningJob submit(StreamExecutionEnvironment environment) throws Exception {
        JobID job = cluster.submitJob(environment.getStreamGraph().getJobGraph()).get().getJobID();
        return new RunningJob(cluster, job);
    }

    /** Ends the cluster; one that is slow to end, as on a busy machine, ends with the process. */
    @Override
    public void close() throws IOException {
        try {
            cluster.closeAsync().get(closePatience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            // What it was started for is done, and must not be lost for this.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the local cluster was ending", e);
        } catch (ExecutionException e) {
            throw new IOException("the local cluster did not end", e);
        }
    }

    private static void refuseTakenPort(int port) {
        if (port == 0) {
            return;
        }
        try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getByName(HOST))) {
            probe.setReuseAddress(true);
        } catch (IOException e) {
            throw new UserMistake(
                    "port "
                            + port
                            + " for the web page is taken, choose another with --web-port or 0 for"
                            + " any free one",
                    e);
        }
    }
}
