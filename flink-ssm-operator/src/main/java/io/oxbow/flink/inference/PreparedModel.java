package io.oxbow.flink.inference;

import io.oxbow.compute.BackendSelector;
import io.oxbow.compute.DeviceShare;
import io.oxbow.compute.StepKernel;
import io.oxbow.flink.OxbowOptions;
import io.oxbow.flink.batch.BatchPipeline;
import io.oxbow.flink.state.ResidentStates;
import io.oxbow.model.SsmModel;
import java.io.Closeable;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A model, loaded and compiled by the backend that will run it.
 *
 * @param backend name of that backend
 * @param maxStreams streams in a batch at most
 */
record PreparedModel(SsmModel model, String backend, StepKernel kernel, int maxStreams)
        implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(PreparedModel.class);

    /**
     * @param device which of several it runs on, where the backend has devices of its own
     * @throws IOException if the model cannot be read
     * @throws IllegalArgumentException if the settings do not fit it
     * @throws io.oxbow.compute.KernelException if the backend is missing or cannot run it
     */
    static PreparedModel load(
            ModelSource source, InferenceSettings settings, int device, ClassLoader loader)
            throws IOException {
        SsmModel model = source.load();
        if (settings.activityChannel() >= model.inputDim()) {
            throw new IllegalArgumentException(
                    OxbowOptions.OUTPUT_ACTIVITY_CHANNEL.key()
                            + " is "
                            + settings.activityChannel()
                            + ", but '"
                            + model.name()
                            + "' takes "
                            + model.inputDim()
                            + " channels, counted from 0");
        }
        int resident = ResidentStates.capacity(model, settings.residentBytes());
        int maxStreams = Math.min(settings.maxTokens(), resident);
        BackendSelector selector = BackendSelector.load(loader);
        BackendSelector.Prepared prepared =
                selector.prepare(
                        settings.backend(),
                        model.plan(),
                        settings.maxTokens(),
                        maxStreams,
                        new DeviceShare(device, settings.deviceBytes()));
        BackendSelector.Selection selection = prepared.selection();
        boolean best = selection.backend() == selector.backends().get(0);
        if (best && selector.unloadable().isEmpty()) {
            LOG.info("'{}' runs on {}", model.name(), selection.why());
        } else {
            LOG.warn("'{}' runs on {}", model.name(), selection.why());
        }
        return new PreparedModel(model, selection.backend().name(), prepared.kernel(), maxStreams);
    }

    /**
     * Runs batches of the model.
     *
     * @param task that it works for, by name
     */
    BatchPipeline pipeline(int maxTokens, String task) {
        return new BatchPipeline(
                kernel, model.plan(), maxTokens, maxStreams, "oxbow batches of " + task);
    }

    @Override
    public void close() {
        kernel.close();
    }
}
