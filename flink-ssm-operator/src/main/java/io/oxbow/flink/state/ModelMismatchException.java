package io.oxbow.flink.state;

/** A stream's state was written by another model than the job runs, and the options say to fail. */
public final class ModelMismatchException extends Exception {
    private static final long serialVersionUID = 1L;

    ModelMismatchException(String message) {
        super(message);
    }
}
