package io.oxbow.flink.state;

/** What to do with a stream's state that another model wrote. */
public enum OnModelChange {
    /** The job fails and says which stream it was. */
    FAIL("fail"),
    /** The stream's memory starts anew; its place among its events is kept. */
    RESET("reset");

    private final String value;

    OnModelChange(String value) {
        this.value = value;
    }

    /** As written in the options. */
    @Override
    public String toString() {
        return value;
    }
}
