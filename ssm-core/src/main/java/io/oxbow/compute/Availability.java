package io.oxbow.compute;

/** Whether a backend can run here, and if not, why. */
public sealed interface Availability {

    /**
     * It runs, and was seen to by doing real work.
     *
     * @param device what it runs on, for people
     */
    record Available(String device) implements Availability {}

    /**
     * It does not run.
     *
     * @param reason one sentence, with the mend where there is one
     * @param cause the failure behind it, or null
     */
    record Unavailable(String reason, Throwable cause) implements Availability {}
}
