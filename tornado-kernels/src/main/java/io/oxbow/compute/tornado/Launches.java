package io.oxbow.compute.tornado;

import java.util.ArrayList;
import java.util.List;
import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.WorkerGrid;
import uk.ac.manchester.tornado.api.WorkerGrid1D;

/**
 * How many work-items each task is launched with, resized to every batch. A launch is rounded up to
 * whole work-groups, and is never empty.
 */
final class Launches {
    /** Work-items of a work-group, unless a task says otherwise. */
    static final int GROUP = 64;

    /**
     * One task.
     *
     * @param rows how many of what is counted (tokens, streams, rows) share the items
     * @param items work-items for them
     * @param group work-items of a work-group
     */
    private record Launch(WorkerGrid grid, int rows, int items, int group) {
        void resize(int count) {
            long items = ((long) count + rows - 1) / rows * this.items;
            long groups = Math.max(1, (items + group - 1) / group);
            grid.setGlobalWork(Math.multiplyExact(groups, group), 1, 1);
        }
    }

    private final KernelContext context = new KernelContext();
    private final GridScheduler scheduler = new GridScheduler();
    private final List<Launch> perToken = new ArrayList<>();
    private final List<Launch> perStream = new ArrayList<>();
    private final List<Launch> perRow = new ArrayList<>();

    KernelContext context() {
        return context;
    }

    GridScheduler scheduler() {
        return scheduler;
    }

    /** {@code items} work-items a token. */
    void perToken(String graph, String task, int items) {
        perToken.add(launch(graph, task, 1, items, GROUP));
    }

    /** {@code items} work-items for every {@code tokens} tokens, in groups of {@code group}. */
    void perTokens(String graph, String task, int tokens, int items, int group) {
        perToken.add(launch(graph, task, tokens, items, group));
    }

    /** {@code items} work-items a stream. */
    void perStream(String graph, String task, int items) {
        perStream.add(launch(graph, task, 1, items, GROUP));
    }

    /** {@code items} work-items a row that is moved. */
    void perRow(String graph, String task, int items) {
        perRow.add(launch(graph, task, 1, items, GROUP));
    }

    /** {@code items} work-items, whatever the batch. */
    void fixed(String graph, String task, int items) {
        fixed(graph, task, items, GROUP);
    }

    /** {@code items} work-items in groups of {@code group}, whatever the batch. */
    void fixed(String graph, String task, int items, int group) {
        launch(graph, task, 1, items, group).resize(1);
    }

    void resizeBatch(int tokens, int streams) {
        for (Launch launch : perToken) {
            launch.resize(tokens);
        }
        for (Launch launch : perStream) {
            launch.resize(streams);
        }
    }

    void resizeRows(int rows) {
        for (Launch launch : perRow) {
            launch.resize(rows);
        }
    }

    private Launch launch(String graph, String task, int rows, int items, int group) {
        WorkerGrid grid = new WorkerGrid1D(group);
        grid.setLocalWork(group, 1, 1);
        scheduler.addWorkerGrid(graph + "." + task, grid);
        return new Launch(grid, rows, items, group);
    }
}
