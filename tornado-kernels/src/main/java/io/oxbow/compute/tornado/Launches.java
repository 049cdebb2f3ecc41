package io.oxbow.compute.tornado;

import java.util.ArrayList;
import java.util.List;
import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.WorkerGrid;
import uk.ac.manchester.tornado.api.WorkerGrid1D;

/** How many work-items each task is launched with, resized to every batch. */
final class Launches {
    private static final int GROUP = 64;

    private record Launch(WorkerGrid grid, int itemsEach) {
        void resize(int count) {
            long groups = ((long) count * itemsEach + GROUP - 1) / GROUP;
            grid.setGlobalWork(Math.max(1, groups) * GROUP, 1, 1);
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

    void perToken(String graph, String task, int itemsEach) {
        perToken.add(launch(graph, task, itemsEach));
    }

    void perStream(String graph, String task, int itemsEach) {
        perStream.add(launch(graph, task, itemsEach));
    }

    void perRow(String graph, String task, int itemsEach) {
        perRow.add(launch(graph, task, itemsEach));
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

    private Launch launch(String graph, String task, int itemsEach) {
        WorkerGrid grid = new WorkerGrid1D(GROUP);
        grid.setLocalWork(GROUP, 1, 1);
        scheduler.addWorkerGrid(graph + "." + task, grid);
        return new Launch(grid, itemsEach);
    }
}
