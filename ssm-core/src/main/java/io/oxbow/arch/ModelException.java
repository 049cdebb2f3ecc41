package io.oxbow.arch;

/** A model cannot be loaded. The message is one sentence that names the wrong thing. */
public final class ModelException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ModelException(String message) {
        super(message);
    }

    public ModelException(String message, Throwable cause) {
        super(message, cause);
    }
}
