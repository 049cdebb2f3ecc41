package io.oxbow.jobs.cluster;

import io.oxbow.jobs.local.ProcessPause;
import java.io.File;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Flink cluster as it is run for real, each part a process of its own on this machine: a
 * JobManager, TaskManagers, ZooKeeper if wanted, and for every command Flink's own client. For
 * trials of what happens to a job; whoever wants to run one starts {@code oxbow run}.
 *
 * <p>Flink's jars are taken from this program's class path, the job from its own jar. The processes
 * end with {@link #close}, and with this process if it ends in order. Not thread-safe.
 */
public final class ProcessCluster implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String JOB_MANAGER = "jobmanager";
    private static final String JOB_MANAGER_PROGRAM =
            "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint";
    private static final String TASK_MANAGER_PROGRAM =
            "org.apache.flink.runtime.taskexecutor.TaskManagerRunner";
    private static final String ZOO_KEEPER_PROGRAM =
            "org.apache.flink.runtime.zookeeper.FlinkZooKeeperQuorumPeer";
    private static final String CLIENT_PROGRAM = "org.apache.flink.client.cli.CliFrontend";
    private static final Pattern RESOURCE_ID = Pattern.compile("([0-9]+)-[0-9]+");
    private static final List<String> HERE = List.of();
    private static final List<String> JVM =
            List.of(
                    "--add-opens=java.base/java.util=ALL-UNNAMED",
                    "--add-opens=java.base/java.lang=ALL-UNNAMED",
                    "--add-opens=java.base/java.time=ALL-UNNAMED",
                    "--add-modules=jdk.incubator.vector",
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-XX:-UsePerfData",
                    "-Xmx512m");

    private final ClusterSettings settings;
    private final ClusterFiles files;
    private final String classPath;
    private final Map<String, Process> processes = new LinkedHashMap<>();
    private final Thread end = new Thread(this::killAll, "oxbow-cluster-end");
    private int started;

    private ProcessCluster(ClusterSettings settings) throws IOException {
        this.settings = settings;
        this.files = ClusterFiles.write(settings);
        this.classPath = FlinkClassPath.find(settings.flinkLibraries());
        Runtime.getRuntime().addShutdownHook(end);
    }

    /** Starts all processes and returns when the JobManager's REST interface can be reached. */
    public static ProcessCluster start(ClusterSettings settings, int taskManagers)
            throws IOException, InterruptedException, TimeoutException {
        ProcessCluster cluster = new ProcessCluster(settings);
        try {
            if (settings.highAvailability()) {
                cluster.startZooKeeper();
            }
            cluster.startJobManager();
            for (int i = 0; i < taskManagers; i++) {
                cluster.startTaskManager(i);
            }
            cluster.awaitJobManager();
            return cluster;
        } catch (IOException | InterruptedException | TimeoutException | RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    /** Oxbow's job, not yet submitted; {@code options} is the file of its options. */
    public SubmittedJob job(Path options) {
        return new SubmittedJob(this, options);
    }

    public Path folder() {
        return files.root();
    }

    private void startZooKeeper() throws IOException, InterruptedException, TimeoutException {
        launch(
                "zookeeper",
                HERE,
                ZOO_KEEPER_PROGRAM,
                List.of(),
                List.of("--zkConfigFile", files.zooKeeper().toString(), "--peerId", "1"));
        awaitPort(files.zooKeeperPort(), "zookeeper");
    }

    /** Starts the JobManager, again if it has ended. */
    public void startJobManager() throws IOException {
        launch(JOB_MANAGER, HERE, JOB_MANAGER_PROGRAM, List.of(), configuration());
    }

    /** Returns when the JobManager's REST interface can be reached. */
    public void awaitJobManager() throws IOException, InterruptedException, TimeoutException {
        awaitPort(files.restPort(), JOB_MANAGER);
    }

    /** Starts a TaskManager, again if it has ended. */
    public void startTaskManager(int index) throws IOException {
        String host = settings.network().taskManagerHost(index);
        List<String> arguments = new ArrayList<>(configuration());
        arguments.addAll(List.of("-D", "taskmanager.host=" + host));
        arguments.addAll(List.of("-D", "taskmanager.bind-host=" + host));
        arguments.addAll(List.of("-D", "taskmanager.resource-id=" + index + "-" + started));
        launch(
                taskManager(index),
                settings.network().taskManagerCommand(index),
                TASK_MANAGER_PROGRAM,
                settings.taskManagerArguments(),
                arguments);
    }

    public boolean isJobManagerAlive() {
        return processes.get(JOB_MANAGER).isAlive();
    }

    /** Whether it runs; one that was without a JobManager for long ends by itself. */
    public boolean isTaskManagerAlive(int index) {
        return processes.get(taskManager(index)).isAlive();
    }

    /** By SIGKILL: no shutdown hook runs. */
    public void killJobManager() throws InterruptedException {
        processes.get(JOB_MANAGER).destroyForcibly().waitFor();
    }

    /** By SIGKILL: no shutdown hook runs. */
    public void killTaskManager(int index) throws InterruptedException {
        processes.get(taskManager(index)).destroyForcibly().waitFor();
    }

    /** SIGSTOP, and SIGCONT after a while: the JobManager hangs and comes back. */
    public void pauseJobManager(Duration length) throws IOException, InterruptedException {
        ProcessPause.hold(processes.get(JOB_MANAGER), length);
    }

    /** SIGSTOP, and SIGCONT after a while: a TaskManager hangs and comes back. */
    public void pauseTaskManager(int index, Duration length)
            throws IOException, InterruptedException {
        ProcessPause.hold(processes.get(taskManager(index)), length);
    }

    /**
     * Runs Flink's own command line.
     *
     * @return what it printed
     * @throws IOException if it failed; the message has its output
     */
    public String flink(List<String> arguments) throws IOException, InterruptedException {
        Process process = launch("client", HERE, CLIENT_PROGRAM, List.of(), arguments);
        if (!process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
            process.destroyForcibly().waitFor();
        }
        String said = Files.readString(files.log("client", started));
        if (process.exitValue() != 0) {
            throw new IOException("flink " + String.join(" ", arguments) + ":\n" + said);
        }
        return said;
    }

    /** Where the JobManager answers, as http://host:port. */
    public String restAddress() {
        return "http://" + files.host() + ":" + files.restPort();
    }

    Path savepoints() {
        return files.savepoints();
    }

    private List<String> configuration() {
        return List.of("--configDir", files.root().toString());
    }

    /** Of the TaskManager that Flink knows by an identifier; empty if it is none of ours. */
    static OptionalInt number(String resourceId) {
        Matcher matcher = RESOURCE_ID.matcher(resourceId);
        return matcher.matches()
                ? OptionalInt.of(Integer.parseInt(matcher.group(1)))
                : OptionalInt.empty();
    }

    private static String taskManager(int index) {
        return "taskmanager-" + index;
    }

    private Process launch(
            String name,
            List<String> place,
            String program,
            List<String> jvmArguments,
            List<String> arguments)
            throws IOException {
        List<String> command = new ArrayList<>(place);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JVM);
        command.add("-Dlog4j2.configurationFile=" + files.logging());
        command.addAll(jvmArguments);
        command.addAll(List.of("-cp", classPath, program));
        command.addAll(arguments);
        started++;
        File log = files.log(name, started).toFile();
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .directory(files.root().toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(log);
        builder.environment().put("FLINK_CONF_DIR", files.root().toString());
        Process process = builder.start();
        processes.put(name, process);
        return process;
    }

    private void awaitPort(int port, String name)
            throws IOException, InterruptedException, TimeoutException {
        long giveUp = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(files.host(), port), 1_000);
                return;
            } catch (IOException e) {
                if (!processes.get(name).isAlive()) {
                    throw new IOException(name + " ended; its log is in " + files.root(), e);
                }
                if (System.nanoTime() > giveUp) {
                    throw new TimeoutException(
                            "nothing listens on port " + port + "; logs are in " + files.root());
                }
                Thread.sleep(100);
            }
        }
    }

    private void killAll() {
        processes.values().forEach(Process::destroyForcibly);
    }

    /** Kills all processes. */
    @Override
    public void close() {
        killAll();
        try {
            Runtime.getRuntime().removeShutdownHook(end);
        } catch (IllegalStateException e) {
            // This process is ending: the hook runs anyway.
        }
    }
}
