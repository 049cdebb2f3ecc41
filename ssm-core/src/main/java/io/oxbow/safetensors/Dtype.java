package io.oxbow.safetensors;

/** Element types a safetensors file may hold. */
public enum Dtype {
    F64(8, true),
    F32(4, true),
    F16(2, true),
    BF16(2, true),
    I64(8, false),
    I32(4, false),
    I16(2, false),
    I8(1, false),
    U8(1, false),
    BOOL(1, false);

    private final int bytes;
    private final boolean real;

    Dtype(int bytes, boolean real) {
        this.bytes = bytes;
        this.real = real;
    }

    /** Size of an element. */
    public int bytes() {
        return bytes;
    }

    /** Whether its elements are floating-point numbers. */
    public boolean real() {
        return real;
    }
}
