package io.oxbow.kafka;

import java.io.IOException;

/** Bytes that are no event, or not the event that was expected. The message is one sentence. */
public final class EventDecodingException extends IOException {
    private static final long serialVersionUID = 1L;

    EventDecodingException(String message) {
        super(message);
    }

    EventDecodingException(String message, Throwable cause) {
        super(message, cause);
    }
}
