package io.oxbow.flink.metric;

import java.util.Locale;

/**
 * Every metric that Oxbow's own operators report, in their group {@code oxbow}. The documentation's
 * table is made of these, and an operator registers no name that is not here.
 */
public enum OxbowMetric {
    EVENTS(
            Operator.INFERENCE,
            "events",
            Kind.COUNTER,
            "Observations that came, whatever became of them."),
    LATE(
            Operator.INFERENCE,
            "late",
            Kind.COUNTER,
            "Observations older than the newest of their stream; not learned."),
    DUPLICATES(
            Operator.INFERENCE,
            "duplicates",
            Kind.COUNTER,
            "Observations whose sequence number was seen before; dropped."),
    SEQUENCE_GAPS(
            Operator.INFERENCE,
            "sequenceGaps",
            Kind.COUNTER,
            "Sequence numbers that were left out: events lost before they came here."),
    REJECTED(
            Operator.INFERENCE,
            "rejected",
            Kind.COUNTER,
            "Observations the model cannot take: a wrong dimension, no finite number, a time far ahead."),
    STATE_RESETS(
            Operator.INFERENCE,
            "stateResets",
            Kind.COUNTER,
            "States quarantined: they stopped being finite and began anew."),
    MODEL_RESETS(
            Operator.INFERENCE,
            "modelResets",
            Kind.GAUGE,
            "States begun anew because another model wrote them (`oxbow.state.on-model-change: reset`)."),
    MODEL_SWAPS(
            Operator.INFERENCE,
            "modelSwaps",
            Kind.COUNTER,
            "Models the task went over to while it ran."),
    BATCH_SIZE(
            Operator.INFERENCE,
            "batchSize",
            Kind.HISTOGRAM,
            "Events of a batch, over the last 1024 batches."),
    BATCH_FILL(
            Operator.INFERENCE,
            "batchFill",
            Kind.GAUGE,
            "Share of `oxbow.batch.max-tokens` that the last batch used, 0 to 1."),
    KERNEL_NANOS(
            Operator.INFERENCE,
            "kernelNanos",
            Kind.GAUGE,
            "Time spent in the kernels since the start, nanoseconds; its rate is the share of a core."),
    BACKEND(
            Operator.INFERENCE,
            "backend",
            Kind.GAUGE,
            "Name of the compute backend; a text, which Prometheus shows as 0."),
    RESIDENT_STREAMS(
            Operator.INFERENCE,
            "residentStreams",
            Kind.GAUGE,
            "Streams whose state is ready to run."),
    RESIDENT_HIT_RATE(
            Operator.INFERENCE,
            "residentHitRate",
            Kind.GAUGE,
            "Share of look-ups since the start that found the state resident, 0 to 1."),
    EVICTIONS(
            Operator.INFERENCE,
            "evictions",
            Kind.GAUGE,
            "States that gave way to another stream's since the start."),
    WRITE_BACKS(
            Operator.INFERENCE,
            "writeBacks",
            Kind.GAUGE,
            "States written to Flink's state backend since the start."),
    STATE_BYTES(Operator.INFERENCE, "stateBytes", Kind.GAUGE, "Bytes that resident states take."),
    DRAINS_FULL(
            Operator.INFERENCE, "drains.full", Kind.COUNTER, "Batches run because they were full."),
    DRAINS_IDLE(
            Operator.INFERENCE,
            "drains.idle",
            Kind.COUNTER,
            "Batches run because no more input waited."),
    DRAINS_DEADLINE(
            Operator.INFERENCE,
            "drains.deadline",
            Kind.COUNTER,
            "Batches run because `oxbow.batch.max-delay` was over."),
    DRAINS_WATERMARK(
            Operator.INFERENCE,
            "drains.watermark",
            Kind.COUNTER,
            "Batches run before a watermark."),
    DRAINS_QUERY(
            Operator.INFERENCE, "drains.query", Kind.COUNTER, "Batches run before a question."),
    DRAINS_CHECKPOINT(
            Operator.INFERENCE,
            "drains.checkpoint",
            Kind.COUNTER,
            "Batches run before a checkpoint."),
    DRAINS_RESIDENCY(
            Operator.INFERENCE,
            "drains.residency",
            Kind.COUNTER,
            "Batches run because every resident state was in use; raise `oxbow.state.resident-memory`."),
    DRAINS_EXPIRY(
            Operator.INFERENCE,
            "drains.expiry",
            Kind.COUNTER,
            "Batches run because a stream's memory was over."),
    DRAINS_MODEL(
            Operator.INFERENCE,
            "drains.model",
            Kind.COUNTER,
            "Batches run before the task went over to another model."),
    DRAINS_END(
            Operator.INFERENCE, "drains.end", Kind.COUNTER, "Batches run at the end of the input."),
    SUMMARIES(Operator.SUMMARY, "summaries", Kind.COUNTER, "Summaries written."),
    ANOMALIES(
            Operator.SUMMARY,
            "anomalies",
            Kind.COUNTER,
            "Anomalies told, their beginnings and their ends."),
    ANSWERS(Operator.SUMMARY, "answers", Kind.COUNTER, "Questions answered."),
    QUERY_LATENCY(
            Operator.SUMMARY,
            "queryLatencyMillis",
            Kind.HISTOGRAM,
            "Milliseconds from a question's time to its answer, over the last 1024; the asker's clock begins it."),
    IMPOSSIBLE_TIMES(
            Operator.SUMMARY,
            "impossibleTimes",
            Kind.COUNTER,
            "Events whose time no memory can hold; not remembered."),
    SUMMARY_RESIDENT_STREAMS(
            Operator.SUMMARY,
            "residentStreams",
            Kind.GAUGE,
            "Streams whose memory is held as an object."),
    SUMMARY_EVICTIONS(
            Operator.SUMMARY,
            "evictions",
            Kind.GAUGE,
            "Memories that gave way to another stream's since the start."),
    SUMMARY_WRITE_BACKS(
            Operator.SUMMARY,
            "writeBacks",
            Kind.GAUGE,
            "Memories written to Flink's state backend since the start."),
    ENCODED(
            Operator.ENCODING,
            "recordingsEncoded",
            Kind.COUNTER,
            "Pictures, sounds, readings with gaps and detected objects that became vectors."),
    NOT_ENCODED(
            Operator.ENCODING,
            "recordingsRefused",
            Kind.COUNTER,
            "Recordings that are none of their kind, or older than the newest of their stream."),
    DUPLICATE_RECORDINGS(
            Operator.ENCODING,
            "duplicateRecordings",
            Kind.COUNTER,
            "Recordings whose sequence number was seen before; dropped."),
    EMPTY_READINGS(
            Operator.ENCODING,
            "emptyReadings",
            Kind.COUNTER,
            "Readings in which every channel was missing; nothing to learn."),
    MODELS_ACCEPTED(
            Operator.MODELS,
            "modelsAccepted",
            Kind.COUNTER,
            "Models of `oxbow.models` that the job was let go over to."),
    MODELS_REFUSED(
            Operator.MODELS,
            "modelsRefused",
            Kind.COUNTER,
            "Models of `oxbow.models` that were refused; the job goes on with the one it has."),
    DEAD_LETTERS(
            Operator.KAFKA,
            "deadLetters",
            Kind.COUNTER,
            "Dead letters made, of what could not be read and of what was refused.");

    /** Which operator reports it. */
    public enum Operator {
        INFERENCE,
        SUMMARY,
        ENCODING,
        MODELS,
        KAFKA
    }

    /** What it is to a reporter. */
    public enum Kind {
        COUNTER,
        GAUGE,
        HISTOGRAM
    }

    /** The group every metric is in. */
    public static final String GROUP = "oxbow";

    private final Operator operator;
    private final String path;
    private final Kind kind;
    private final String meaning;

    OxbowMetric(Operator operator, String path, Kind kind, String meaning) {
        this.operator = operator;
        this.path = path;
        this.kind = kind;
        this.meaning = meaning;
    }

    public Operator operator() {
        return operator;
    }

    /** Its name in the group, dots between groups. */
    public String path() {
        return path;
    }

    public Kind kind() {
        return kind;
    }

    /** What it counts or measures, and in which unit. */
    public String meaning() {
        return meaning;
    }

    /** As Prometheus' reporter writes it. */
    public String prometheusName() {
        return "flink_taskmanager_job_task_operator_" + GROUP + "_" + path.replace('.', '_');
    }

    /** The rows of the documentation, by operator. */
    public static String markdown() {
        StringBuilder table =
                new StringBuilder(
                        "| Operator | Metric | Kind | What it says |\n|---|---|---|---|\n");
        for (OxbowMetric metric : values()) {
            table.append("| ")
                    .append(metric.operator.name().toLowerCase(Locale.ROOT))
                    .append(" | `")
                    .append(GROUP)
                    .append('.')
                    .append(metric.path)
                    .append("` | ")
                    .append(metric.kind.name().toLowerCase(Locale.ROOT))
                    .append(" | ")
                    .append(metric.meaning)
                    .append(" |\n");
        }
        return table.toString();
    }
}
