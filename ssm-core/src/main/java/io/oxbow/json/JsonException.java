package io.oxbow.json;

/** A text is not the JSON it should be. The message is one sentence with line and column. */
public final class JsonException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public JsonException(String message) {
        super(message);
    }
}
