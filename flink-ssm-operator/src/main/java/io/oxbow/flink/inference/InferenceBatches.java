package io.oxbow.flink.inference;

import io.oxbow.flink.batch.BatchPipeline;
import io.oxbow.flink.batch.MicroBatch;
import io.oxbow.flink.batch.QuarantiningStep;
import io.oxbow.flink.event.Observation;
import io.oxbow.flink.event.StateReset;
import io.oxbow.flink.event.StreamSignal;
import io.oxbow.flink.state.ResidentStates;
import java.util.concurrent.RejectedExecutionException;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.streaming.api.operators.Output;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way from a batch of events to the signals about them, in the order in which the events came.
 *
 * <p>Where the kernel has a device of its own, a batch runs there while the next one fills; its
 * results come with the task's mail, or earlier with whatever needs them. Mailbox thread only.
 */
final class InferenceBatches implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(InferenceBatches.class);

    static final String RESET_REASON =
            "the model's outputs for this event were not finite; its memory starts anew";
    private static final String BATCH_DONE = "Oxbow: put out the results of a batch";

    private final BatchPipeline pipeline;
    private final ResidentStates<?> states;
    private final InferenceReader reader;
    private final InferenceMetrics metrics;
    private final Output<StreamRecord<StreamSignal>> output;
    private final MailboxExecutor mailbox;
    private final StreamRecord<StreamSignal> outgoing = new StreamRecord<>(null);

    /**
     * @param pipeline closed with this; tells {@link #tellDone} of each batch
     */
    InferenceBatches(
            BatchPipeline pipeline,
            ResidentStates<?> states,
            InferenceReader reader,
            InferenceMetrics metrics,
            Output<StreamRecord<StreamSignal>> output,
            MailboxExecutor mailbox) {
        this.pipeline = pipeline;
        this.states = states;
        this.reader = reader;
        this.metrics = metrics;
        this.output = output;
        this.mailbox = mailbox;
        pipeline.whenDone(this::tellDone);
    }

    /** The batch that takes events now. */
    MicroBatch filling() {
        return pipeline.filling();
    }

    /**
     * Runs the batch that fills, if there is anything in it; its results may follow later, those of
     * the batch before it do not.
     *
     * @return whether there was
     */
    boolean start(DrainCause cause) throws InterruptedException {
        emitRunning();
        int size = pipeline.filling().size();
        if (size == 0) {
            return false;
        }
        metrics.drained(cause, size);
        pipeline.start(states.lendTable());
        if (!pipeline.runsAside()) {
            emitRunning();
        }
        return true;
    }

    /** Waits for the batch that runs, if one does, and puts its results out. */
    void emitRunning() throws InterruptedException {
        BatchPipeline.Lane done = pipeline.finish();
        if (done == null) {
            return;
        }
        states.returnTable();
        MicroBatch batch = done.batch();
        for (int i = 0; i < batch.size(); i++) {
            emit(signal(batch, done.step(), i));
        }
        batch.clear();
    }

    private StreamSignal signal(MicroBatch batch, QuarantiningStep step, int arrived) {
        Observation event = batch.event(arrived);
        int row = batch.row(arrived);
        if (step.isBroken(row)) {
            metrics.stateResets.inc();
            return new StateReset(
                    event.streamId(), event.epoch(), event.seq(), event.eventTime(), RESET_REASON);
        }
        return reader.read(event, batch.stateVersion(arrived), step.outputs(), row);
    }

    void emit(StreamSignal signal) {
        output.collect(outgoing.replace(signal, signal.eventTime()));
    }

    /** From the pipeline's thread. A mailbox that is closed belongs to a task that ends. */
    private void tellDone(long number) {
        try {
            mailbox.execute(() -> emitIfRunning(number), BATCH_DONE);
        } catch (RejectedExecutionException e) {
            LOG.debug("the task ends before the results of a batch", e);
        }
    }

    /** Whoever needed the results first has put them out, and another batch may be running. */
    private void emitIfRunning(long number) throws InterruptedException {
        if (pipeline.runningNumber() == number) {
            emitRunning();
        }
    }

    @Override
    public void close() {
        pipeline.close();
    }
}
