package io.oxbow.jobs.encoding;

/** A recording that cannot be encoded; the message is one sentence for its dead letter. */
final class RecordingException extends Exception {
    private static final long serialVersionUID = 1L;

    RecordingException(String message) {
        super(message);
    }

    RecordingException(String message, Throwable cause) {
        super(message, cause);
    }
}
