package io.oxbow.safetensors;

/**
 * Bytes are not the safetensors file they should be, or lack what is asked of them. The message is
 * one sentence that names the tensor or the field.
 */
public final class SafetensorsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public SafetensorsException(String message) {
        super(message);
    }

    public SafetensorsException(String message, Throwable cause) {
        super(message, cause);
    }
}
