package io.oxbow.jobs.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Oxbow's job on a {@link ProcessCluster}: from its own jar, submitted and ended by Flink's client,
 * watched by Flink's REST interface. Not thread-safe.
 */
public final class SubmittedJob {
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final long POLL_MILLIS = 100;
    private static final int STOP_ATTEMPTS = 3;
    private static final Pattern ID = Pattern.compile("JobID ([0-9a-f]{32})");
    private static final Pattern SAVEPOINT = Pattern.compile("Path: (file:\\S+)");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ProcessCluster cluster;
    private final Path options;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
    private String id;

    SubmittedJob(ProcessCluster cluster, Path options) {
        this.cluster = cluster;
        this.options = options;
    }

    /** Submits it as it is and returns when it has completed a checkpoint. */
    public void run(int parallelism) throws IOException, InterruptedException, TimeoutException {
        submit(parallelism, List.of());
    }

    /** Submits it from a savepoint and returns when it has completed a checkpoint. */
    public void resume(int parallelism, String savepoint)
            throws IOException, InterruptedException, TimeoutException {
        submit(parallelism, List.of("-s", savepoint));
    }

    private void submit(int parallelism, List<String> start)
            throws IOException, InterruptedException, TimeoutException {
        List<String> command = new ArrayList<>(List.of("run", "-d"));
        command.addAll(List.of("-p", Integer.toString(parallelism)));
        command.addAll(start);
        command.addAll(List.of(FlinkClassPath.jobJar().toString(), "--config", options.toString()));
        id = find(ID, cluster.flink(command));
        awaitCheckpoint();
    }

    /** Flink's name of it. */
    public String id() {
        return id;
    }

    /**
     * Ends it in good order, every output committed.
     *
     * @return the savepoint's place
     */
    public String stop() throws IOException, InterruptedException, TimeoutException {
        IOException failure = null;
        for (int attempt = 0; attempt < STOP_ATTEMPTS; attempt++) {
            awaitCheckpoint();
            try {
                String place = cluster.savepoints().toUri().toString();
                return find(SAVEPOINT, cluster.flink(List.of("stop", "-p", place, id)));
            } catch (IOException e) {
                // A restart came in between; Flink goes on as if it had not been asked.
                failure = e;
            }
        }
        throw failure;
    }

    /** Waits until all its tasks run and another checkpoint has completed. */
    public void awaitCheckpoint() throws InterruptedException, TimeoutException {
        long giveUp = System.nanoTime() + PATIENCE.toNanos();
        long before = -1;
        while (true) {
            long completed = completedCheckpoints();
            if (completed >= 0 && before >= 0 && completed > before) {
                return;
            }
            // It starts from nothing again if a task was away, or the JobManager another one.
            before = before < 0 || completed < before ? completed : before;
            if (System.nanoTime() > giveUp) {
                throw new TimeoutException(
                        "no checkpoint of job %s in %s; logs are in %s"
                                .formatted(id, PATIENCE, cluster.folder()));
            }
            Thread.sleep(POLL_MILLIS);
        }
    }

    /** How often its state has been read back from a checkpoint. */
    public long restores() throws IOException, InterruptedException {
        return get("/jobs/" + id + "/checkpoints").at("/counts/restored").asLong();
    }

    /** Of the cluster's TaskManagers those that run tasks of it, by their numbers. */
    public SortedSet<Integer> taskManagers() throws IOException, InterruptedException {
        SortedSet<Integer> busy = new TreeSet<>();
        for (JsonNode vertex : get("/jobs/" + id).path("vertices")) {
            JsonNode details = get("/jobs/" + id + "/vertices/" + vertex.path("id").asText());
            for (JsonNode subtask : details.path("subtasks")) {
                // Neither a task that waits for a slot has one, nor one that was never deployed.
                ProcessCluster.number(subtask.path("taskmanager-id").asText()).ifPresent(busy::add);
            }
        }
        return busy;
    }

    /** How many there have been; negative if a task does not run or the JobManager is away. */
    private long completedCheckpoints() throws InterruptedException {
        try {
            return allRunning()
                    ? get("/jobs/" + id + "/checkpoints").at("/counts/completed").asLong()
                    : -1;
        } catch (IOException e) {
            return -1;
        }
    }

    private boolean allRunning() throws IOException, InterruptedException {
        JsonNode job = get("/jobs/" + id);
        if (!job.path("state").asText().equals("RUNNING")) {
            return false;
        }
        for (JsonNode vertex : job.path("vertices")) {
            if (!vertex.path("status").asText().equals("RUNNING")) {
                return false;
            }
        }
        return true;
    }

    private JsonNode get(String path) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(cluster.restAddress() + path))
                        .timeout(Duration.ofSeconds(5))
                        .build();
        HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IOException(path + ": " + response.body());
        }
        return JSON.readTree(response.body());
    }

    private static String find(Pattern pattern, String said) throws IOException {
        Matcher matcher = pattern.matcher(said);
        if (!matcher.find()) {
            throw new IOException("Flink's client said:\n" + said);
        }
        return matcher.group(1);
    }
}
