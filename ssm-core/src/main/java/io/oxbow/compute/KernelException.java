package io.oxbow.compute;

/** A kernel could not be prepared or did not finish. Never swallowed: the task fails with it. */
public final class KernelException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public KernelException(String message) {
        super(message);
    }

    public KernelException(String message, Throwable cause) {
        super(message, cause);
    }
}
