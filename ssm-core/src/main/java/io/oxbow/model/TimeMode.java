package io.oxbow.model;

/** How the gap between two events of a stream enters its state. */
public enum TimeMode {
    /** Each event is one step, as sequence models are trained; dt is 1. */
    PER_EVENT,
    /** The state is advanced by the real gap in event time; dt is in seconds. */
    EVENT_TIME
}
