package io.oxbow.flink.inference;

import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.externalresource.ExternalResourceInfo;
import org.apache.flink.api.common.functions.RuntimeContext;

/** Spreads the tasks of a job over the devices of their TaskManager. */
final class TaskDevices {
    /** By which Flink's GPU driver names a device. */
    private static final String INDEX = "index";

    private TaskDevices() {}

    /**
     * The device of a task, counted from 0: of those that Flink's external resource {@code
     * resource} gives its TaskManager, in turn by the task's number; the task's number itself where
     * Flink gives none, for the backend to spread over what it finds.
     *
     * @throws IllegalArgumentException if Flink gives devices whose index is no number
     */
    static int ofTask(RuntimeContext context, String resource) {
        List<Integer> given =
                context.getExternalResourceInfos(resource).stream()
                        .map(info -> index(info, resource))
                        .sorted()
                        .toList();
        int task = context.getTaskInfo().getIndexOfThisSubtask();
        return given.isEmpty() ? task : given.get(task % given.size());
    }

    private static int index(ExternalResourceInfo info, String resource) {
        Optional<String> index = info.getProperty(INDEX);
        try {
            return Integer.parseUnsignedInt(index.orElse("").strip());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "the external resource '"
                            + resource
                            + "' has the index '"
                            + index.orElse("")
                            + "', which is not the number of a device; see"
                            + " external-resource."
                            + resource
                            + ".driver-factory.class",
                    e);
        }
    }
}
