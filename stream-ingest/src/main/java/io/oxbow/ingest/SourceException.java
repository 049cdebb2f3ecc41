package io.oxbow.ingest;

import java.io.IOException;

/**
 * A source that cannot be read as asked: the message is one sentence for the person who named it,
 * saying what is wrong and, where possible, the mend.
 */
public final class SourceException extends IOException {
    private static final long serialVersionUID = 1L;

    public SourceException(String message) {
        super(message);
    }

    public SourceException(String message, Throwable cause) {
        super(message, cause);
    }
}
