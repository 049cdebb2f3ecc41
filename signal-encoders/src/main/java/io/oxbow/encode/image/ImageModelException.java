package io.oxbow.encode.image;

/** A model that cannot be used; the message is one sentence that says what to do. */
public final class ImageModelException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ImageModelException(String message) {
        super(message);
    }

    public ImageModelException(String message, Throwable cause) {
        super(message, cause);
    }
}
