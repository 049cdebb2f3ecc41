package io.oxbow.flink.inference;

import io.oxbow.flink.batch.MicroBatch;
import io.oxbow.flink.event.Observation;
import io.oxbow.flink.state.ClockJumps;
import io.oxbow.flink.state.Renumberings;
import io.oxbow.flink.state.ResidentStates;
import io.oxbow.flink.state.ResidentStream;
import io.oxbow.flink.state.StreamPosition;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.api.common.operators.ProcessingTimeService;

/**
 * The way of an observation into the batch that fills: checked, judged by its stream's position,
 * its stream made resident. Runs the batch when it is due.
 *
 * <p>Mailbox thread only.
 */
final class EventIntake {
    private static final String SEQUENCE_JUMP =
            " sequence numbers are missing before this one; a producer that numbers anew must raise"
                    + " its epoch";

    private final InferenceSettings settings;
    private final ResidentStates<Object> states;
    private final ClockJumps clockJumps;
    private final Renumberings renumberings;
    private final StreamExpiry expiry;
    private final SideOutputs aside;
    private final InferenceMetrics metrics;
    private final BatchDeadline deadline;
    private final IdleInput idleInput;
    private InputCheck check;
    private boolean stepsInEventTime;
    private InferenceBatches batches;

    EventIntake(
            InferenceSettings settings,
            RunningModel running,
            ResidentStates<Object> states,
            ClockJumps clockJumps,
            Renumberings renumberings,
            StreamExpiry expiry,
            SideOutputs aside,
            InferenceMetrics metrics,
            ProcessingTimeService clock,
            MailboxExecutor mailbox) {
        this.settings = settings;
        this.states = states;
        this.clockJumps = clockJumps;
        this.renumberings = renumberings;
        this.expiry = expiry;
        this.aside = aside;
        this.metrics = metrics;
        goOverTo(running);
        this.idleInput =
                settings.drainWhenIdle()
                        ? new IdleInput(mailbox, () -> start(DrainCause.IDLE))
                        : null;
        this.deadline =
                new BatchDeadline(
                        clock,
                        settings.maxDelayMillis(),
                        () -> start(DrainCause.DEADLINE),
                        idleInput);
    }

    /** Events from now on are for that model; nothing may be pending. */
    void goOverTo(RunningModel running) {
        this.check = running.check();
        this.stepsInEventTime = running.stepsInEventTime();
        this.batches = running.batches();
    }

    /** Takes an event of the current key: into the batch, or aside. */
    void observe(Observation event) throws Exception {
        metrics.events.inc();
        String refusal = check.refusal(event);
        if (refusal != null) {
            aside.rejected(event, refusal);
            return;
        }
        ResidentStream<Object> stream = resident();
        StreamPosition position = stream.position();
        long missing = position.missingBefore(event.epoch(), event.seq());
        if (missing > settings.maxSequenceJump()) {
            aside.rejected(event, missing + SEQUENCE_JUMP);
            return;
        }
        long newest = position.lastEventTime();
        if (!clockJumps.believes(newest, event.eventTime(), event.seq())) {
            aside.rejected(event, ClockJumps.refusal(newest, event.eventTime()));
            return;
        }
        metrics.sequenceGaps.inc(missing);
        switch (position.arrive(event.epoch(), event.seq(), event.eventTime())) {
            case IN_ORDER -> accept(event, stream);
            case DUPLICATE -> reconsider(event, stream);
            case LATE -> {
                stream.markDirty();
                aside.late(event);
            }
        }
    }

    private void reconsider(Observation event, ResidentStream<Object> stream) throws Exception {
        StreamPosition position = stream.position();
        if (!Renumberings.contradicts(position, event.eventTime())) {
            metrics.duplicates.inc();
        } else if (renumberings.believes(position.lastEventTime(), event.epoch(), event.seq())) {
            position.renumber(event.epoch(), event.seq());
            accept(event, stream);
        } else {
            aside.rejected(event, Renumberings.refusal(position, event.epoch(), event.seq()));
        }
    }

    private ResidentStream<Object> resident() throws Exception {
        ResidentStream<Object> stream = states.ofCurrentKey();
        if (stream == null) {
            drain(DrainCause.RESIDENCY);
            stream = states.ofCurrentKey();
        }
        return stream;
    }

    private void accept(Observation event, ResidentStream<Object> stream) throws Exception {
        StreamPosition position = stream.position();
        if (expiry.isOver(position, event.eventTime())) {
            if (stream.isPinned()) {
                drain(DrainCause.EXPIRY);
            }
            states.restart(stream);
        }
        float dt = stepsInEventTime ? position.secondsUntil(event.eventTime()) : 1;
        position.absorb(event.eventTime());
        stream.markDirty();
        expiry.watch(stream, event.eventTime());
        MicroBatch batch = batches.filling();
        if (batch.isEmpty()) {
            deadline.start();
        }
        batch.add(event, stream, dt, position.steps());
        if (batch.isFull()) {
            start(DrainCause.FULL);
        } else if (settings.maxDelayMillis() == 0) {
            start(DrainCause.DEADLINE);
        } else if (idleInput != null) {
            idleInput.eventJoined(batch.size());
        }
    }

    /** Runs all that is pending and puts its results out. */
    void drain(DrainCause cause) throws Exception {
        start(cause);
        batches.emitRunning();
    }

    /** Runs the batch that fills; its results may follow later. */
    void start(DrainCause cause) throws Exception {
        if (batches.start(cause)) {
            deadline.clear(cause);
        }
    }
}
