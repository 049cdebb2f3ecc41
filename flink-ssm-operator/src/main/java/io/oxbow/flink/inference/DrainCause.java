package io.oxbow.flink.inference;

/** Why a batch was run when it was. */
enum DrainCause {
    /** It had as many events as it may. */
    FULL("full"),
    /** Its oldest event had waited as long as it may. */
    DEADLINE("deadline"),
    /** No further event was waiting to join it. */
    IDLE("idle"),
    /** A watermark, or news of idleness, was to go on. */
    WATERMARK("watermark"),
    /** A checkpoint barrier was to go on. */
    CHECKPOINT("checkpoint"),
    /** A question was to go on. */
    QUERY("query"),
    /** All resident states were in the batch, and one more was needed. */
    RESIDENCY("residency"),
    /** A stream in the batch was to start anew. */
    EXPIRY("expiry"),
    /** Another model was to run. */
    MODEL("model"),
    /** The input had ended. */
    END("end");

    private final String metric;

    DrainCause(String metric) {
        this.metric = metric;
    }

    /** Name of the cause's counter. */
    String metric() {
        return metric;
    }
}
